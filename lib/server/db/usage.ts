import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import type { Cursor } from "./cursor";
import { queryNamed } from "./pool";

export type UsageGroupRow = {
  day: string;
  key: string;
  calls: number;
  attempts: number;
  images: number;
  inputTokens: number | null;
  outputTokens: number | null;
  unreported: number;
};

/** Column of each grouping; the only text that reaches the statement. */
const GROUP_COLUMNS = { model: "model", kind: "kind", status: "status" } as const;

/**
 * Sums by day and group over the ledger days `from` to `to`, both included, out of what the ledger's
 * trigger keeps. Token sums are of what was reported and null where nothing was; `unreported` counts the
 * settled chat calls without it.
 */
export function sumUsage(
  userId: UserId,
  { from, to, by }: { from: string; to: string; by: keyof typeof GROUP_COLUMNS },
): Promise<UsageGroupRow[]> {
  const column = GROUP_COLUMNS[by];
  return queryNamed<UsageGroupRow>(
    `sum-usage-${by}`,
    `select day, ${column}::text as key,
            sum(calls)::int as calls,
            sum(attempts)::int as attempts,
            coalesce(sum(calls) filter (where kind in ('image', 'edit')), 0)::int as images,
            case when sum(reported) > 0 then sum("inputTokens")::float8 end as "inputTokens",
            case when sum(reported) > 0 then sum("outputTokens")::float8 end as "outputTokens",
            coalesce(sum(calls - reported) filter (where kind in ('chat', 'vision')), 0)::int
              as unreported
     from "UsageDay"
     where "userId" = $1 and day between $2 and $3 and calls + attempts > 0
     group by day, key order by day, key`,
    [userId, from, to],
  );
}

const CALL = {
  id: true,
  kind: true,
  model: true,
  status: true,
  isCall: true,
  errorCode: true,
  startedAt: true,
  firstTokenAt: true,
  endedAt: true,
  inputTokens: true,
  outputTokens: true,
  tokenSource: true,
} as const;

/** Ledger rows, newest first, `take` after the cursor. */
export function findUsageEntries(userId: UserId, cursor: Cursor | null, take: number) {
  return getDb().usageEntry.findMany({
    where: {
      userId,
      ...(cursor && {
        OR: [{ startedAt: { lt: cursor.at } }, { startedAt: cursor.at, id: { lt: cursor.id } }],
      }),
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take,
    select: CALL,
  });
}
