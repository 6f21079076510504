import Link from "next/link";
import { useTranslations } from "next-intl";
import { isErrorCode } from "@/lib/shared/errors";
import type { Usage } from "@/lib/shared/schemas/usage";
import { Light } from "../ui/light";
import { useFigures } from "./use-figures";

/** What heals by itself or by waiting. */
const PASSING = new Set([
  "rate_limited",
  "timeout",
  "interrupted",
  "restarting",
  "model_quota_day",
]);

type ErrorTableProps = { usage: Usage; hrefOf?: (code: string) => string };

/** What went wrong, how often and what to do; a row leads to its calls. */
export function ErrorTable({ usage, hrefOf }: ErrorTableProps) {
  const t = useTranslations("usage");
  const tError = useTranslations("errors");
  const { count, share } = useFigures();
  const { errors, total } = usage;
  const sum = errors.reduce((all, error) => all + error.count, 0);
  return (
    <section className="min-w-0 px-5 py-4" aria-labelledby="errors-title">
      <div className="flex items-baseline gap-3">
        <h2 id="errors-title" className="flex-1 text-14">
          {t("errors")}
        </h2>
        <span className="text-12 text-muted">
          {t("errorShare", { count: sum, share: share(sum, total.calls + total.attempts) })}
        </span>
      </div>
      <ul className="mt-2 text-13">
        {errors.map(({ code, count: times, models }) => (
          <li
            key={code}
            className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-start gap-x-2.5 border-b border-hair py-2 last:border-b-0"
          >
            <Light state={PASSING.has(code) ? "warning" : "failed"} className="mt-[3px]" />
            <span>
              <span className="text-ink">{tError(isErrorCode(code) ? code : "internal")}</span>
              <span
                className="block truncate font-mono text-11 text-muted"
                title={models.join(", ")}
              >
                {code} · {models.map((model) => model.split("/").at(-1)).join(", ")}
              </span>
            </span>
            {hrefOf ? (
              <Link
                href={hrefOf(code)}
                className="font-mono text-12 text-ink underline underline-offset-2 max-sm:p-2"
                aria-label={t("errorCalls", { count: times, code })}
              >
                {count(times)}
              </Link>
            ) : (
              <span className="font-mono text-12 text-ink">{count(times)}</span>
            )}
          </li>
        ))}
        {errors.length === 0 && <li className="py-2 text-muted">{t("noErrors")}</li>}
      </ul>
    </section>
  );
}
