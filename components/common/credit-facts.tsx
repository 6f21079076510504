import { useFormatter, useTranslations } from "next-intl";
import type { Credits } from "@/lib/shared/schemas/credits";

export type BalanceFault = "malformed" | "timeout" | "down" | "refused";

/** Why a balance could not be read; null where it could, or nobody tried. */
export function findBalanceFault(credits: Credits | null): BalanceFault | null {
  if (credits?.state !== "unreadable") return null;
  if (credits.errorCode === null) return "malformed";
  if (credits.errorCode === "timeout") return "timeout";
  return credits.errorCode === "upstream_down" ? "down" : "refused";
}

/** Daily counts, only where ModelScope names them in its answers; what it does not say is a dash. */
export function DailyLimits({ limits }: { limits: Credits["limits"] }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const number = (value: number | null) => (value === null ? "—" : format.number(value));
  if (limits.length === 0) return null;
  return (
    <dl className="mt-3 grid gap-1 text-13" data-testid="daily-limits">
      <dt className="text-12 text-muted">{t("limits")}</dt>
      {limits.map(({ model, remaining, limit }) => (
        <dd key={model ?? ""} className="flex gap-3">
          <span className="mono min-w-0 flex-1 truncate text-body">{model ?? t("allModels")}</span>
          <span className="mono text-ink">
            {t("left", { remaining: number(remaining), limit: number(limit) })}
          </span>
        </dd>
      ))}
    </dl>
  );
}

/** What a Magicube is, what a call costs, how long it lives, and where more are. */
export function CreditExplanation() {
  const t = useTranslations("credit");
  return (
    <ul className="list-disc pl-4 text-12 text-muted [&>li]:mt-1">
      {(["what", "tiers", "life", "earn"] as const).map((key) => (
        <li key={key}>{t(`why.${key}`)}</li>
      ))}
    </ul>
  );
}
