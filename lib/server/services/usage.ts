import "server-only";
import type { Actor } from "@/lib/shared/actor";
import {
  countLedgerTimes,
  LEDGER_ZONE,
  lastLedgerDays,
  listLedgerTimes,
  startOfLedgerTime,
  toLedgerDay,
  toLedgerSpans,
} from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import {
  type Latency,
  MAX_RANGE_DAYS,
  type OwnUsage,
  type Usage,
  type UsageQuery,
  type UsageSums,
} from "@/lib/shared/schemas/usage";
import { now } from "../clock";
import { sumCreditDays } from "../db/credits";
import {
  countErrors,
  countHours,
  countLatencies,
  type LatencyRow,
  sumBuckets,
  sumUsage,
  type UsageBucketRow,
  type UsageBy,
  type UsageScope,
  type UsageSumRow,
} from "../db/usage";

const DEFAULT_DAYS = 14;
const MAX_HOURS = 7 * 24;

type Counts = Omit<UsageSumRow, "key">;

function toSums({ halfCredits, timedTokens, timedMs, ...counts }: Counts): UsageSums {
  return {
    ...counts,
    credits: halfCredits === null ? null : halfCredits / 2,
    tokensPerSecond: timedMs > 0 ? (timedTokens * 1_000) / timedMs : null,
  };
}

const toBucket = ({ halfCredits, ...bucket }: UsageBucketRow): Usage["buckets"][number] => ({
  ...bucket,
  credits: halfCredits === null ? null : halfCredits / 2,
});

/** The nearest-rank quantile of times that are counted, fastest first. */
function quantile(rows: readonly LatencyRow[], calls: number, share: number): number {
  let left = Math.max(1, Math.ceil(calls * share));
  for (const row of rows) {
    left -= row.calls;
    if (left <= 0) return row.ms;
  }
  return 0;
}

/** Median and 95th percentile of counted times, fastest first; null where there are none. */
function toLatency(rows: readonly LatencyRow[]): Latency | null {
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  if (calls === 0) return null;
  return { p50: quantile(rows, calls, 0.5), p95: quantile(rows, calls, 0.95), calls };
}

function toFirstTokens(rows: readonly LatencyRow[]): Usage["firstTokens"] {
  return [...Map.groupBy(rows, ({ model }) => model)]
    .flatMap(([model, own]) => {
      const latency = toLatency(own);
      return latency ? [{ model, ...latency }] : [];
    })
    .sort((a, b) => b.calls - a.calls || a.model.localeCompare(b.model));
}

const refuse = (field: string, key: string, values: Record<string, number> = {}) =>
  new AppError("invalid_request", { fields: { [field]: { key, values } } });

/** Days, `YYYY-MM-DD`, or hours, `YYYY-MM-DDTHH`, of the ledger; both included. */
type UsageSpan = { from: string; to: string; bucket: "hour" | "day" };
type Wanted = Pick<UsageQuery, "from" | "to" | "bucket">;

const isHour = (time: string | undefined) => time !== undefined && time.length > 10;

function toDays({ from, to = toLedgerDay(now()) }: Wanted): UsageSpan {
  if (isHour(from)) throw refuse("from", "rangeDays");
  if (isHour(to)) throw refuse("to", "rangeDays");
  const [first = to] = lastLedgerDays(startOfLedgerTime(to), DEFAULT_DAYS);
  return { from: from ?? first, to, bucket: "day" };
}

function toHours({ from, to = toLedgerDay(now()) }: Wanted): UsageSpan {
  const begin = from ?? to.slice(0, 10);
  return {
    from: isHour(begin) ? begin : `${begin}T00`,
    to: isHour(to) ? to : `${to}T23`,
    bucket: "hour",
  };
}

/** The range that is asked for. Throws `invalid_request` for one that is backward or too long. */
export function toSpan(wanted: Wanted): UsageSpan {
  const isByHour = wanted.bucket === "hour";
  const span = isByHour ? toHours(wanted) : toDays(wanted);
  if (span.from > span.to) throw refuse("from", "rangeOrder");
  const max = isByHour ? MAX_HOURS : MAX_RANGE_DAYS;
  if (countLedgerTimes(span.from, span.to, span.bucket) > max) {
    throw refuse("from", isByHour ? "rangeMaxHours" : "rangeMaxDays", { max });
  }
  return span;
}

/** Everything that is counted of a range, of one user or of everybody. */
export async function sumUp(scope: UsageScope, span: UsageSpan, by: UsageBy): Promise<Usage> {
  const isByDay = span.bucket === "day";
  const spans = isByDay ? toLedgerSpans(span.from, span.to, toLedgerDay(now())) : [];
  const all = isByDay ? { spans } : span;
  const bars = isByDay ? { spans: listLedgerTimes(span.from, span.to, "day") } : span;
  const [rows, buckets, latencies, errors, hours] = await Promise.all([
    sumUsage(scope, all, by),
    sumBuckets(scope, bars, by),
    countLatencies(scope, all),
    countErrors(scope, all),
    isByDay ? countHours(scope, spans) : [],
  ]);
  const total = rows.find(({ key }) => key === null);
  if (!total) throw new Error("sums of nothing are a row too");
  return {
    ...span,
    zone: LEDGER_ZONE,
    total: { ...toSums(total), firstToken: toLatency(latencies) },
    groups: rows.flatMap(({ key, ...counts }) =>
      key === null ? [] : [{ key, ...toSums(counts) }],
    ),
    buckets: buckets.map(toBucket),
    firstTokens: toFirstTokens(latencies),
    errors,
    hours,
  };
}

/** Calls, tokens, Magicubes, times and errors of the user by ledger day or hour and group. */
export function getSums({ userId }: Actor, query: UsageQuery): Promise<Usage> {
  return sumUp(userId, toSpan(query), query.by ?? "model");
}

/** What the balance told of the days of a range; it is kept by day, so that of hours nothing is known. */
export async function getAccount(
  { userId }: Actor,
  query: UsageQuery,
): Promise<OwnUsage["account"]> {
  const { from, to, bucket } = toSpan(query);
  const told = bucket === "day" ? await sumCreditDays(userId, from, to) : null;
  return told && { elsewhere: told.elsewhere / 2, unclear: told.unclear / 2, days: told.days };
}

/** {@link getSums} and {@link getAccount}. */
export async function getUsage(actor: Actor, query: UsageQuery): Promise<OwnUsage> {
  const [sums, account] = await Promise.all([getSums(actor, query), getAccount(actor, query)]);
  return { ...sums, account };
}
