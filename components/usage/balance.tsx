import { useFormatter, useTranslations } from "next-intl";
import type { Credits } from "@/lib/shared/schemas/usage";
import { ErrorNotice } from "../common/error-notice";

/** What ModelScope says is left, with source and time; a failed reading shows why, never 0. */
export function Balance({ credits }: { credits: Credits }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const { available, held, readAt, source, errorCode } = credits;
  return (
    <section className="px-5 py-4" aria-labelledby="balance-title">
      <div className="flex items-baseline gap-3">
        <h2 id="balance-title" className="flex-1 text-14">
          {t("title")}
        </h2>
        {readAt && (
          <span className="text-12 text-muted">
            {t("readAt", { time: format.dateTime(new Date(readAt), { timeStyle: "medium" }) })}
          </span>
        )}
      </div>
      <p className="mt-1 flex flex-wrap items-baseline gap-3">
        <span className="font-mono text-32 font-medium text-ink" data-testid="balance">
          {available === null ? "—" : format.number(available)}
        </span>
        <span className="text-muted">{t("available")}</span>
        {available !== null && (
          <span className="text-muted">
            <b className="font-mono font-medium text-ink">
              {held === null ? "—" : format.number(held)}
            </b>{" "}
            {t("held")}
          </span>
        )}
      </p>
      {errorCode && (
        <div className="mt-3">
          <ErrorNotice code={errorCode} />
        </div>
      )}
      {credits.limits.length > 0 && <DailyLimits limits={credits.limits} />}
      <p className="mt-3 text-12 text-muted">
        {t("from")} <span className="mono">{source}</span>
      </p>
    </section>
  );
}

/** Daily counts, only where ModelScope names them in its answers; what it does not say is a dash. */
function DailyLimits({ limits }: { limits: Credits["limits"] }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const number = (value: number | null) => (value === null ? "—" : format.number(value));
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
