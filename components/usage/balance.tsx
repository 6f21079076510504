import { scaleLinear } from "d3-scale";
import { useFormatter, useTranslations } from "next-intl";
import type { Credits } from "@/lib/shared/schemas/credits";
import { CreditExplanation, DailyLimits } from "../common/credit-facts";
import { ErrorNotice } from "../common/error-notice";

/** The gauge is at least a day's usual grant long. */
const FULL_GAUGE = 250;
const SHADES = [100, 68, 42, 26];

/** What ModelScope says is left, with source and time; a failed reading shows why, never 0. */
export function Balance({ credits }: { credits: Credits }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const { available, held, readAt, source, errorCode, state, last } = credits;
  const number = (value: number | null) => (value === null ? "—" : format.number(value));
  const time = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "short" });
  return (
    <section className="min-w-0 px-5 py-4" aria-labelledby="balance-title">
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
          {number(available)}
        </span>
        <span className="text-muted">{t("available")}</span>
        {available !== null && (
          <span className="text-muted">
            <b className="font-mono font-medium text-ink">{number(held)}</b> {t("held")}
          </span>
        )}
      </p>
      {last && (
        <p className="text-13 text-warn">
          {t("lastKnown", { credits: number(last.available), time: time(last.readAt) })}
        </p>
      )}
      {state === "unreadable" && errorCode === null && (
        <p className="mt-2 text-13 text-warn">{t("fault.malformed")}</p>
      )}
      {errorCode && (
        <div className="mt-3">
          <ErrorNotice code={errorCode} />
        </div>
      )}
      {available !== null && <Batches credits={credits} available={available} />}
      <DailyLimits limits={credits.limits} />
      <p className="mt-3 text-12 text-muted">
        {t("from")} <span className="mono">{source}</span>
      </p>
      <details className="mt-1 text-12">
        <summary className="cursor-pointer text-signal max-sm:py-3">{t("whyTitle")}</summary>
        <CreditExplanation />
      </details>
    </section>
  );
}

/** The balance in order of expiry, as far as that is known: it is inferred, and says so. */
function Batches({ credits: { batches }, available }: { credits: Credits; available: number }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const known = batches.reduce((sum, { credits }) => sum + credits, 0);
  const rest = Math.max(0, available - known);
  const parts = [
    ...batches.map(({ credits, lapsesAt }) => ({
      key: lapsesAt,
      credits,
      name: format.dateTime(new Date(lapsesAt), { dateStyle: "short", timeStyle: "short" }),
      source: t("inferred"),
    })),
    ...(rest > 0
      ? [{ key: "rest", credits: rest, name: t("expiryUnknown"), source: t("notSaid") }]
      : []),
  ];
  const width = scaleLinear([0, Math.max(FULL_GAUGE, available)], [0, 100]);
  const shade = (index: number) =>
    `color-mix(in oklab, var(--signal) ${SHADES[Math.min(index, SHADES.length - 1)]}%, var(--well))`;
  return (
    <>
      <div
        aria-hidden="true"
        className="mt-3 flex h-3 gap-0.5 overflow-hidden rounded-2 border border-rule bg-well"
      >
        {parts.map(({ key, credits }, index) => (
          <span key={key} style={{ width: `${width(credits)}%`, background: shade(index) }} />
        ))}
      </div>
      <table className="mt-3 w-full text-13">
        <caption className="sr-only">{t("batches")}</caption>
        <thead>
          <tr className="border-b border-rule text-12 text-muted [&>th]:py-1.5 [&>th]:font-medium">
            <th scope="col" className="text-left">
              {t("lapses")}
            </th>
            <th scope="col" className="text-right">
              {t("unit")}
            </th>
            <th scope="col" className="pl-6 text-left">
              {t("sourceColumn")}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ key, credits, name, source }, index) => (
            <tr key={key} className="border-b border-hair last:border-b-0 [&>td]:py-1.5">
              <td>
                <span className="flex items-center gap-2">
                  <span
                    className="size-2 shrink-0 rounded-[1px]"
                    style={{ background: shade(index) }}
                  />
                  {name}
                </span>
              </td>
              <td className="text-right font-mono text-12 text-ink">{format.number(credits)}</td>
              <td className="pl-6 text-12 text-muted">{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
