import "server-only";
import type pg from "pg";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

/** Whose numbers: one user's, or everybody's (null). */
export type UsageScope = UserId | null;

export type UsageBy = "model" | "kind" | "status" | "member";

/** What is summed: the ledger's own rows of some hours, `YYYY-MM-DDTHH`, both included, or what is kept of spans. */
export type UsageRows = { from: string; to: string } | { spans: readonly string[] };

export type UsageSumRow = {
  /** The group; null in the row of all together. */
  key: string | null;
  calls: number;
  attempts: number;
  images: number;
  succeeded: number;
  failed: number;
  inputTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  /** Settled chat calls without reported tokens. */
  unreported: number;
  /** Null where no call's price is known. */
  halfCredits: number | null;
  unpriced: number;
  timedTokens: number;
  timedMs: number;
};

/** Column of each grouping; the only text of a caller's that reaches a statement. */
const GROUP_COLUMNS: Record<UsageBy, string> = {
  model: "model",
  kind: "kind",
  status: "status",
  member: '"userId"',
};

const whoOf = (scope: UsageScope) => (scope === null ? "$1::text is null" : '"userId" = $1');

/** What the ledger's trigger keeps of each day and month. */
const bySpan = (scope: UsageScope) =>
  `select s.*, span as at from "UsageSum" s where span = any($2) and ${whoOf(scope)}`;

const inHours = (scope: UsageScope) =>
  `status <> 'open' and "startedAt" >= ($2 || ':00:00+08')::timestamptz
   and "startedAt" < ($3 || ':00:00+08')::timestamptz + interval '1 hour' and ${whoOf(scope)}`;

/** The ledger's own rows of some hours, in the shape of the sums. */
const byHour = (scope: UsageScope) =>
  `select to_char("startedAt" at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24') as at, "userId", model, kind,
          status, coalesce("errorCode", '') as "errorCode", "isCall"::int as calls,
          (not "isCall")::int as attempts, is_reported::int as reported,
          case when is_reported then "inputTokens" else 0 end as "inputTokens",
          case when is_reported then "outputTokens" else 0 end as "outputTokens",
          case when is_reported then coalesce("reasoningTokens", 0) else 0 end as "reasoningTokens",
          ("isCall" and "priceHalfCredits" is not null)::int as priced,
          case when "isCall" then coalesce("priceHalfCredits", 0) else 0 end as "halfCredits",
          case when is_timed then "outputTokens" else 0 end as "timedTokens",
          case when is_timed then round(extract(epoch from "endedAt" - "firstTokenAt") * 1000) else 0 end as "timedMs"
   from (select *, "isCall" and "tokenSource" <> 'none' as is_reported,
                "isCall" and "outputTokens" is not null and "endedAt" > "firstTokenAt" as is_timed
         from "UsageEntry" where ${inHours(scope)}) e`;

type Source = "span" | "hour";

/** Rows in the shape of the sums, wherever they are. */
const relationOf = (scope: UsageScope, source: Source) =>
  source === "span" ? bySpan(scope) : byHour(scope);

/** How many calls had their first token after so long, by the sums and by the ledger's own rows. */
const latenciesOf = (scope: UsageScope, source: Source) =>
  source === "span"
    ? `select model, ms, calls from "UsageLatency" where span = any($2) and ${whoOf(scope)} and calls > 0`
    : `select model, latency_step(ms) as ms, 1 as calls
       from (select *, round(extract(epoch from "firstTokenAt" - coalesce("calledAt", "startedAt")) * 1000) as ms
             from "UsageEntry" where "isCall" and ${inHours(scope)}) e where ms >= 0`;

const nameOf = (what: string, scope: UsageScope, source: Source) =>
  `${what}-${scope === null ? "team" : "own"}-${source}`;

/** A statement about rows, whose text differs by scope and by where they are. */
function ask<Row extends pg.QueryResultRow>(
  what: string,
  scope: UsageScope,
  rows: UsageRows,
  toText: (source: Source) => string,
): Promise<Row[]> {
  const [source, values] =
    "spans" in rows ? (["span", [rows.spans]] as const) : (["hour", [rows.from, rows.to]] as const);
  return queryNamed<Row>(nameOf(what, scope, source), toText(source), [scope, ...values]);
}

const TOKENS = (column: string) =>
  `case when sum(reported) > 0 then sum("${column}")::float8 end as "${column}"`;
const HALF_CREDITS = `case when sum(priced) > 0 then sum("halfCredits")::float8 end as "halfCredits"`;

/**
 * Sums by group, and of all together. Token sums are of what was reported and null where nothing was;
 * `failed` are those that neither ended well nor were stopped.
 */
export function sumUsage(scope: UsageScope, rows: UsageRows, by: UsageBy): Promise<UsageSumRow[]> {
  return ask<UsageSumRow>(
    `sum-usage-${by}`,
    scope,
    rows,
    (source) =>
      `select ${GROUP_COLUMNS[by]}::text as key,
            coalesce(sum(calls), 0)::int as calls,
            coalesce(sum(attempts), 0)::int as attempts,
            coalesce(sum(calls) filter (where kind in ('image', 'edit')), 0)::int as images,
            coalesce(sum(calls + attempts) filter (where status = 'complete'), 0)::int as succeeded,
            coalesce(sum(calls + attempts) filter (where status in ('failed', 'interrupted', 'unknown')), 0)::int
              as failed,
            ${TOKENS("inputTokens")}, ${TOKENS("outputTokens")}, ${TOKENS("reasoningTokens")},
            coalesce(sum(calls - reported) filter (where kind in ('chat', 'vision')), 0)::int as unreported,
            ${HALF_CREDITS},
            coalesce(sum(calls - priced), 0)::int as unpriced,
            coalesce(sum("timedTokens"), 0)::float8 as "timedTokens",
            coalesce(sum("timedMs"), 0)::float8 as "timedMs"
     from (${relationOf(scope, source)}) u
     where calls + attempts > 0
     group by grouping sets ((${GROUP_COLUMNS[by]}), ())
     order by calls desc, attempts desc, key`,
  );
}

export type UsageBucketRow = {
  /** The span or hour. */
  at: string;
  key: string;
  calls: number;
  attempts: number;
  halfCredits: number | null;
};

/** The sums that are drawn, by hour, or by span as they are given, and group. */
export function sumBuckets(
  scope: UsageScope,
  rows: UsageRows,
  by: UsageBy,
): Promise<UsageBucketRow[]> {
  return ask<UsageBucketRow>(
    `sum-buckets-${by}`,
    scope,
    rows,
    (source) =>
      `select at, ${GROUP_COLUMNS[by]}::text as key,
            sum(calls)::int as calls, sum(attempts)::int as attempts,
            ${HALF_CREDITS}
     from (${relationOf(scope, source)}) u
     where calls + attempts > 0
     group by at, key order by at, key`,
  );
}

export type UsageErrorRow = { code: string; count: number; models: string[] };

/** How often each error came, most often first, with its models. */
export function countErrors(scope: UsageScope, rows: UsageRows): Promise<UsageErrorRow[]> {
  return ask<UsageErrorRow>(
    "count-errors",
    scope,
    rows,
    (source) =>
      `select "errorCode" as code, sum(calls + attempts)::int as count,
            array_agg(distinct model order by model) as models
     from (${relationOf(scope, source)}) u
     where "errorCode" <> '' and calls + attempts > 0
     group by code order by count desc, code`,
  );
}

export type LatencyRow = { model: string; ms: number; calls: number };

/** How many calls of each model had their first token after so many milliseconds, fastest first. */
export function countLatencies(scope: UsageScope, rows: UsageRows): Promise<LatencyRow[]> {
  return ask<LatencyRow>(
    "count-latencies",
    scope,
    rows,
    (source) =>
      `select model, ms, sum(calls)::int as calls from (${latenciesOf(scope, source)}) l
       group by model, ms order by ms`,
  );
}

export type HourRow = { weekday: number; hour: number; calls: number };

/** Calls and attempts of spans by weekday, 1 = Monday, and hour of the ledger's day. */
export function countHours(scope: UsageScope, spans: readonly string[]): Promise<HourRow[]> {
  return queryNamed<HourRow>(
    nameOf("count-hours", scope, "span"),
    `select weekday, hour, sum(calls + attempts)::int as calls
     from "UsageHour" where span = any($2) and ${whoOf(scope)} and calls + attempts > 0
     group by 1, 2`,
    [scope, spans],
  );
}

/** What a scope has used of a day, open calls included: what its limits count. */
export async function findUsed(
  scope: UsageScope,
  day: string,
): Promise<{ calls: number; halfCredits: number; pictures: number }> {
  const [row] = await queryNamed<{ calls: number; halfCredits: number; pictures: number }>(
    "find-used",
    `select * from used_on_day($1, $2)`,
    [scope, day],
  );
  return row ?? { calls: 0, halfCredits: 0, pictures: 0 };
}
