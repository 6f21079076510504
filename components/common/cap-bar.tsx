import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { Cap } from "@/lib/shared/schemas/credits";

const TONES: Record<Cap["level"], string> = {
  ok: "bg-signal",
  near: "bg-warn",
  reached: "bg-bad",
};

/** How far one limit of today is used. What others of the team used is not shown. */
export function CapBar({ cap: { scope, measure, level, limit, used } }: { cap: Cap }) {
  const t = useTranslations("caps");
  const format = useFormatter();
  const share = used === null ? null : Math.min(1, limit === 0 ? 1 : used / limit);
  return (
    <div className="grid min-w-40 gap-1 text-13">
      <span>
        {t(`scope.${scope}`)} · {t(`measure.${measure}`)}
      </span>
      {share !== null && (
        <span
          aria-hidden="true"
          className="h-2 overflow-hidden rounded-2 border border-rule bg-well"
        >
          <span className={cn("block h-full", TONES[level])} style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span className="font-mono text-12 text-ink">
        {used === null ? "" : `${format.number(used)} / `}
        {format.number(limit)}
        {level !== "ok" && (
          <span className={level === "near" ? "text-warn" : "text-bad"}>
            {" "}
            · {t(`level.${level}`)}
          </span>
        )}
      </span>
    </div>
  );
}
