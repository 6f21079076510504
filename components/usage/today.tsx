import { useFormatter, useTranslations } from "next-intl";
import type { CreditFlow } from "@/lib/shared/schemas/credits";
import { useFigures } from "./use-figures";

/** Where today's Magicubes went: through this site, through other programs, or nobody can tell. */
export function Today({ flow }: { flow: CreditFlow }) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const { credits } = useFigures();
  const spent = flow.here + (flow.elsewhere ?? 0) + flow.unclear;
  const rows = [
    {
      key: "here",
      value: flow.here,
      fill: "var(--series-1)",
      note: flow.unpriced > 0 ? t("flow.unpriced", { count: flow.unpriced }) : t("flow.hereNote"),
    },
    {
      key: "elsewhere",
      value: flow.elsewhere,
      fill: "var(--series-2)",
      note: flow.elsewhere === null ? t("flow.elsewhereUnknown") : t("flow.elsewhereNote"),
    },
    { key: "unclear", value: flow.unclear, fill: "var(--hatch)", note: t("flow.unclearNote") },
  ] as const;
  return (
    <section className="min-w-0 px-5 py-4" aria-labelledby="today-title">
      <h2 id="today-title" className="text-14">
        {t("flow.title")}
      </h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-3">
        <span className="font-mono text-32 font-medium text-ink" data-testid="spent-today">
          {credits(spent)}
        </span>
        <span className="text-muted">{t("flow.since")}</span>
      </p>
      <div
        aria-hidden="true"
        className="mt-3 flex h-3 gap-0.5 overflow-hidden rounded-2 border border-rule bg-well"
      >
        {rows.map(({ key, value, fill }) =>
          value ? (
            <span key={key} style={{ width: `${(100 * value) / spent}%`, background: fill }} />
          ) : null,
        )}
      </div>
      <dl className="mt-2 text-13">
        {rows.map(({ key, value, fill, note }) => (
          <div
            key={key}
            className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)_auto] items-baseline gap-3 border-b border-hair py-2 last:border-b-0"
          >
            <dt className="flex items-center gap-2 whitespace-nowrap">
              <span
                className="size-2 shrink-0 rounded-[1px] border border-rule"
                style={{ background: fill }}
              />
              {t(`flow.${key}`)}
            </dt>
            <dd className="text-12 text-muted">{note}</dd>
            <dd className="font-mono text-12 text-ink" data-testid={`flow-${key}`}>
              {credits(value)}
            </dd>
          </div>
        ))}
      </dl>
      {flow.granted > 0 && (
        <p className="text-12 text-muted">
          {t("flow.granted", { credits: credits(flow.granted) })}
        </p>
      )}
      {flow.perHour !== null && (
        <p className="mt-1 text-12 text-muted" data-testid="forecast">
          {flow.emptyAt
            ? t("flow.emptyAt", {
                pace: credits(flow.perHour),
                time: format.dateTime(new Date(flow.emptyAt), {
                  dateStyle: "short",
                  timeStyle: "short",
                }),
              })
            : t("flow.lasts", { pace: credits(flow.perHour) })}
        </p>
      )}
    </section>
  );
}
