import { useTranslations } from "next-intl";
import { listLedgerTimes } from "@/lib/shared/calendar";
import type { Usage, UsageSums } from "@/lib/shared/schemas/usage";
import { Choices } from "../common/choices";
import type { Series } from "./bar-reader";
import { type Bar, StackedBars } from "./chart";
import { ChartOrTable } from "./chart-or-table";
import { DataTable } from "./data-table";
import { useFigures } from "./use-figures";

const MAX_SERIES = 5;
const OTHER = "other";

type Measure = "credits" | "calls";

type BreakdownProps = {
  usage: Usage;
  measure: Measure;
  /** The title of the second table, and how its rows are called. */
  groupTitle: string;
  nameOf: (key: string) => string;
  /** Counts what was not charged as well: by result, those are among them. */
  countsTries?: boolean;
  /** Where each measure is found. */
  measureHrefs: Record<Measure, string>;
  /** Magicubes that calls of a model were seen to cost. */
  seenPrices?: Record<string, number>;
};

type Sums = Pick<UsageSums, "calls" | "attempts" | "credits">;
type AmountOf = (sums: Sums) => number | null;

const countOf = ({ calls, attempts }: Sums, countsTries: boolean) =>
  countsTries ? calls + attempts : calls;

/** Null where calls were made and no price of them is known: that is not 0. */
const toAmountOf =
  (measure: Measure, countsTries: boolean): AmountOf =>
  (sums) => {
    if (measure === "calls") return countOf(sums, countsTries);
    return sums.calls === 0 ? 0 : sums.credits;
  };

/** `11-26`, or `14:00`. */
const toLabel = (at: string) => (at.length > 10 ? `${at.slice(11)}:00` : at.slice(5));
/** `11-26`, or `11-26 14:00`. */
const toName = (at: string) => (at.length > 10 ? `${at.slice(5, 10)} ${toLabel(at)}` : toLabel(at));

/** One bar a day or hour, those without calls too; what is not among the leading is one part. */
function toBars(usage: Usage, amountOf: AmountOf, leading: readonly string[]): Bar[] {
  const bars: Bar[] = listLedgerTimes(usage.from, usage.to, usage.bucket).map((at) => ({
    day: at,
    label: toLabel(at),
    name: toName(at),
    values: {},
  }));
  const byTime = new Map(bars.map((bar) => [bar.day, bar]));
  for (const bucket of usage.buckets) {
    const bar = byTime.get(bucket.at);
    const name = leading.includes(bucket.key) ? bucket.key : OTHER;
    const amount = amountOf(bucket);
    // An unknown part leaves what is known of the others.
    if (bar && (amount !== null || bar.values[name] === undefined)) {
      bar.values[name] = amount === null ? null : (bar.values[name] ?? 0) + amount;
    }
  }
  return bars;
}

/** Magicubes or calls by day or hour as bars, and the same by group as a table, the bars' legend. */
export function UsageBreakdown(props: BreakdownProps) {
  const { usage, measure, nameOf, measureHrefs, countsTries = false } = props;
  const amountOf = toAmountOf(measure, countsTries);
  const t = useTranslations("usage");
  const { credits } = useFigures();
  const ranked = usage.groups.toSorted((a, b) => (amountOf(b) ?? 0) - (amountOf(a) ?? 0));
  const leading = ranked.slice(0, MAX_SERIES).map(({ key }) => key);
  const hasOther = ranked.length > MAX_SERIES;
  const series: Series[] = [...leading, ...(hasOther ? [OTHER] : [])].map((key, index) => ({
    key,
    label: key === OTHER ? t("other") : nameOf(key),
    colour: `var(--series-${index + 1})`,
  }));
  const bars = toBars(usage, amountOf, leading);
  const title = t(`per.${measure}.${usage.bucket}`);
  const sum = credits(amountOf(usage.total));
  return (
    <div className="grid divide-hair border-b border-hair max-lg:divide-y lg:grid-cols-2 lg:divide-x">
      <ChartOrTable
        title={title}
        controls={
          <Choices
            label={t("measureLabel")}
            choices={(["credits", "calls"] as const).map((one) => ({
              href: measureHrefs[one],
              text: t(`measure.${one}`),
              isOn: one === measure,
            }))}
          />
        }
        chart={
          <StackedBars
            title={title}
            summary={t("chartSummary", { sum, from: usage.from, to: usage.to })}
            series={series}
            bars={bars}
            write={credits}
          />
        }
        table={
          <DataTable
            caption={title}
            columns={[t(`time.${usage.bucket}`), ...series.map(({ label }) => label)]}
            rows={bars.map(({ day, label, values }) => ({
              key: day,
              cells: [
                <span key="time" className="whitespace-nowrap">
                  {label}
                </span>,
                ...series.map(({ key }) => credits(values[key] === undefined ? 0 : values[key])),
              ],
            }))}
            empty={t("empty")}
          />
        }
      />
      <Groups {...props} amountOf={amountOf} ranked={ranked} series={series} />
    </div>
  );
}

type GroupsProps = BreakdownProps & {
  amountOf: AmountOf;
  ranked: Usage["groups"];
  series: readonly Series[];
};

function Groups(props: GroupsProps) {
  const { usage, groupTitle, nameOf, seenPrices, amountOf, ranked, series } = props;
  const { countsTries = false } = props;
  const t = useTranslations("usage");
  const { count, known, credits, share } = useFigures();
  /** Pictures have no tokens; of calls that reported none they are unknown. */
  const tokens = ({ unreported, inputTokens, outputTokens }: UsageSums) => {
    if (inputTokens === null) return unreported === 0 ? "—" : known(null);
    return `${known(inputTokens)} / ${known(outputTokens)}`;
  };
  const colourOf = (key: string) => series.find((s) => s.key === key)?.colour ?? "var(--series-6)";
  const priceOf = (key: string) =>
    seenPrices?.[key] === undefined ? "—" : credits(seenPrices[key]);
  return (
    <section className="min-w-0 overflow-x-auto px-5 py-4" aria-labelledby="groups-title">
      <h2 id="groups-title" className="text-14">
        {groupTitle}
      </h2>
      <div className="max-h-[440px] overflow-y-auto">
        <DataTable
          caption={groupTitle}
          columns={[
            t("name"),
            t(countsTries ? "tries" : "calls"),
            t("credits"),
            t("share"),
            t("success"),
            t("tokens"),
            ...(seenPrices ? [t("seenPrice")] : []),
          ]}
          rows={ranked.map((group) => ({
            key: group.key,
            cells: [
              <span
                key="name"
                className="flex min-w-36 items-center gap-2 break-words"
                title={group.key}
              >
                <span
                  className="size-2 shrink-0 rounded-[1px]"
                  style={{ background: colourOf(group.key) }}
                />
                {nameOf(group.key)}
              </span>,
              count(countOf(group, countsTries)),
              credits(group.calls === 0 ? 0 : group.credits),
              share(amountOf(group), amountOf(usage.total) ?? 0),
              share(group.succeeded, group.succeeded + group.failed),
              tokens(group),
              ...(seenPrices ? [priceOf(group.key)] : []),
            ],
          }))}
          empty={t("empty")}
        />
      </div>
      {seenPrices && <p className="mt-2 text-12 text-muted">{t("seenPriceNote")}</p>}
    </section>
  );
}
