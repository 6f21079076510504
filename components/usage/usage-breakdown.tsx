import { useFormatter, useTranslations } from "next-intl";
import type { Usage, UsageSums } from "@/lib/shared/schemas/usage";
import { type Bar, type Series, StackedBars } from "./chart";
import type { UsageView } from "./usage-filters";

const MAX_SERIES = 5;
const OTHER = "other";

type BreakdownProps = { usage: Usage; days: readonly string[]; view: UsageView };

/** Calls by day as bars, and the same by group as a table, which is the bars' legend. */
export function UsageBreakdown({ usage, days, view }: BreakdownProps) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const nameOf = (key: string) => {
    if (key === OTHER) return t("other");
    if (view.by === "model") return key;
    return view.by === "kind" ? t(`kind.${key as "chat"}`) : t(`status.${key as "complete"}`);
  };
  const leading = usage.groups.slice(0, MAX_SERIES).map(({ key }) => key);
  const hasOther = usage.groups.length > MAX_SERIES;
  const series: Series[] = [...leading, ...(hasOther ? [OTHER] : [])].map((key, index) => ({
    key,
    label: nameOf(key),
    colour: `var(--series-${index + 1})`,
  }));
  const bars: Bar[] = days.map((day) => ({ day, label: day.slice(5), values: {} }));
  const byDay = new Map(bars.map((bar) => [bar.day, bar]));
  for (const { day, key, calls } of usage.days) {
    const bar = byDay.get(day);
    const name = leading.includes(key) ? key : OTHER;
    if (bar) bar.values[name] = (bar.values[name] ?? 0) + calls;
  }
  /** Pictures have no tokens; of calls that reported none they are unknown. */
  const tokens = (group: UsageSums, value: number | null) => {
    if (value !== null) return format.number(value);
    return group.unreported > 0 ? t("unknown") : "—";
  };
  const colourOf = (key: string) => series.find((s) => s.key === key)?.colour ?? "var(--series-6)";
  return (
    <div className="grid divide-hair max-lg:divide-y lg:grid-cols-[7fr_5fr] lg:divide-x">
      <figure className="min-w-0 px-5 py-4">
        <figcaption className="mb-3 text-14 font-semibold text-ink">{t("perDay")}</figcaption>
        <div className="overflow-x-auto">
          <StackedBars
            title={t("perDay")}
            summary={t("chartSummary", {
              calls: usage.total.calls,
              from: usage.from,
              to: usage.to,
            })}
            series={series}
            bars={bars}
          />
        </div>
      </figure>
      <section className="min-w-0 overflow-x-auto px-5 py-4" aria-labelledby="groups-title">
        <h2 id="groups-title" className="text-14">
          {t(`by.${view.by}`)}
        </h2>
        <table className="mt-2 w-full text-13">
          <thead>
            <tr className="border-b border-rule text-12 text-muted [&>th]:py-2 [&>th]:pl-3 [&>th]:font-medium [&>th]:whitespace-nowrap [&>th:first-child]:pl-0">
              <th className="text-left">{t(`column.${view.by}`)}</th>
              <th className="text-right">{t("calls")}</th>
              <th className="text-right">{t("tokensIn")}</th>
              <th className="text-right">{t("tokensOut")}</th>
              <th className="text-right">{t("attempts")}</th>
            </tr>
          </thead>
          <tbody>
            {usage.groups.map((group) => (
              <tr key={group.key} className="border-b border-hair last:border-b-0 [&>td]:py-2">
                <td className="flex min-w-40 items-center gap-2">
                  <span
                    className="size-2 shrink-0 rounded-[1px]"
                    style={{ background: colourOf(group.key) }}
                  />
                  <span className={view.by === "model" ? "mono" : undefined}>
                    {nameOf(group.key)}
                  </span>
                </td>
                <td className="pl-3 text-right font-mono text-12 whitespace-nowrap text-ink">
                  {format.number(group.calls)}
                </td>
                <td className="pl-3 text-right font-mono text-12 whitespace-nowrap text-ink">
                  {tokens(group, group.inputTokens)}
                </td>
                <td className="pl-3 text-right font-mono text-12 whitespace-nowrap text-ink">
                  {tokens(group, group.outputTokens)}
                </td>
                <td className="pl-3 text-right font-mono text-12 whitespace-nowrap text-ink">
                  {format.number(group.attempts)}
                </td>
              </tr>
            ))}
            {usage.groups.length === 0 && (
              <tr>
                <td colSpan={5} className="py-3 text-muted">
                  {t("empty")}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </div>
  );
}
