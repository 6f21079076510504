import "server-only";
import type { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { LEDGER_ZONE, lastLedgerDays, toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { Usage, UsageQuery, UsageSums, usageCallsSchema } from "@/lib/shared/schemas/usage";
import { now } from "../clock";
import { fromCursor, toPage } from "../db/cursor";
import { findUsageEntries, sumUsage, type UsageGroupRow } from "../db/usage";

const DEFAULT_DAYS = 14;
const PAGE_SIZE = 50;

const NOTHING: UsageSums = {
  calls: 0,
  attempts: 0,
  images: 0,
  inputTokens: null,
  outputTokens: null,
  unreported: 0,
};

/** Unknown plus a number is that number; unknown plus unknown stays unknown. */
const addKnown = (a: number | null, b: number | null) =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);

function addSums(a: UsageSums, b: UsageSums): UsageSums {
  return {
    calls: a.calls + b.calls,
    attempts: a.attempts + b.attempts,
    images: a.images + b.images,
    inputTokens: addKnown(a.inputTokens, b.inputTokens),
    outputTokens: addKnown(a.outputTokens, b.outputTokens),
    unreported: a.unreported + b.unreported,
  };
}

function groupByKey(rows: UsageGroupRow[]): Usage["groups"] {
  const groups = new Map<string, UsageSums>();
  for (const row of rows) groups.set(row.key, addSums(groups.get(row.key) ?? NOTHING, row));
  return [...groups]
    .map(([key, sums]) => ({ key, ...sums }))
    .sort((a, b) => b.calls - a.calls || a.key.localeCompare(b.key));
}

/** Calls and tokens of the user by ledger day and group. Throws `invalid_request` for a backward range. */
export async function getUsage({ userId }: Actor, query: UsageQuery): Promise<Usage> {
  const to = query.to ?? toLedgerDay(now());
  const from = query.from ?? lastLedgerDays(new Date(`${to}T00:00:00Z`), DEFAULT_DAYS)[0] ?? to;
  if (from > to) throw new AppError("invalid_request", { fields: { from: { key: "rangeOrder" } } });
  const rows = await sumUsage(userId, { from, to, by: query.by ?? "model" });
  return {
    from,
    to,
    zone: LEDGER_ZONE,
    total: rows.reduce<UsageSums>(addSums, NOTHING),
    groups: groupByKey(rows),
    days: rows,
  };
}

/** {@link getUsage} for the last days up to today, with the days themselves. */
export async function getUsageOfLastDays(
  actor: Actor,
  count: number,
  by: NonNullable<UsageQuery["by"]>,
): Promise<{ usage: Usage; days: string[] }> {
  const days = lastLedgerDays(now(), count);
  const [from] = days;
  const usage = await getUsage(actor, { ...(from && { from }), by });
  return { usage, days };
}

/** One page of the user's ledger, newest first. */
export async function listUsageCalls(
  { userId }: Actor,
  { cursor }: { cursor?: string | undefined },
): Promise<z.infer<typeof usageCallsSchema>> {
  const found = await findUsageEntries(userId, fromCursor(cursor), PAGE_SIZE + 1);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.startedAt);
  const calls = rows.map(({ startedAt, firstTokenAt, endedAt, ...row }) => {
    const since = (at: Date | null) => (at ? at.getTime() - startedAt.getTime() : null);
    return {
      ...row,
      startedAt: startedAt.toISOString(),
      firstTokenMs: since(firstTokenAt),
      totalMs: since(endedAt),
    };
  });
  return { calls, nextCursor };
}
