import { useTranslations } from "next-intl";
import { Light } from "../ui/light";

/** A still picture of what is inside: what the bench keeps in view. No numbers, since none are known here. */
export function Instrument() {
  const t = useTranslations("auth.instrument");
  const rows = ["answers", "pictures", "usage"] as const;
  return (
    <div className="w-full max-w-[520px] rounded-6 border border-hair bg-surface">
      <div className="px-5 pt-4 pb-5">
        <p className="text-12 text-muted">{t("title")}</p>
        <p className="mt-1 text-18 font-semibold text-ink">{t("lead")}</p>
        <div className="relative mt-5 h-7" aria-hidden="true">
          <span className="ruler absolute inset-x-0 bottom-1 h-[7px]" />
          <span className="absolute bottom-1 left-0 h-0.5 w-[62%] bg-signal" />
          <span className="absolute bottom-0 left-[62%] h-6 w-0.5 bg-ink">
            <span className="absolute top-0 -left-1 h-2 w-2.5 rounded-2 bg-ink" />
          </span>
        </div>
      </div>
      <ul>
        {rows.map((row) => (
          <li key={row} className="flex items-center gap-3 border-t border-hair px-5 py-4">
            <Light state="done" />
            <span>{t(row)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
