import "server-only";
import type { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { DAY_MS, HOUR_MS, startOfLedgerTime } from "@/lib/shared/calendar";
import { providerOf } from "@/lib/shared/models/provider";
import type { UsageCall, UsageFilter, usageCallsSchema } from "@/lib/shared/schemas/usage";
import { fromCursor, toPage } from "../db/cursor";
import { type CallFilter, type CallRow, findCalls } from "../db/usage-calls";

const PAGE_SIZE = 50;

/** The instant after a ledger day or hour. */
const endOf = (time: string) =>
  new Date(startOfLedgerTime(time).getTime() + (time.length === 10 ? DAY_MS : HOUR_MS));

/** The condition of a filter; a range becomes the instants from its first to after its last. */
export function toFilter({ from, to, ...rest }: UsageFilter): CallFilter {
  const present = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "");
  return {
    ...Object.fromEntries(present),
    ...(from && { since: startOfLedgerTime(from) }),
    ...(to && { before: endOf(to) }),
  };
}

/** What a call cost, or will; an attempt cost nothing. */
function toPrice({ status, isCall, priceHalfCredits, priceSource }: CallRow) {
  if (!isCall && status !== "open") return { credits: 0, priceSource: null };
  return { credits: priceHalfCredits === null ? null : priceHalfCredits / 2, priceSource };
}

/** Times count from when ModelScope was asked; waiting in the lane is none of it. */
export function toUsageCall(row: CallRow): UsageCall {
  const { priceHalfCredits, startedAt, calledAt, firstTokenAt, endedAt, ...rest } = row;
  const askedMs = (calledAt ?? startedAt).getTime();
  const since = (at: Date | null) => (at ? Math.max(0, at.getTime() - askedMs) : null);
  return {
    ...rest,
    provider: providerOf(row.model),
    startedAt: startedAt.toISOString(),
    firstTokenMs: since(firstTokenAt),
    totalMs: since(endedAt),
    ...toPrice(row),
  };
}

/** One page of the user's ledger, newest first. */
export async function listUsageCalls(
  { userId }: Actor,
  { cursor, ...filter }: UsageFilter & { cursor?: string | undefined },
): Promise<z.infer<typeof usageCallsSchema>> {
  const found = await findCalls(userId, toFilter(filter), fromCursor(cursor), PAGE_SIZE + 1);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.startedAt);
  return { calls: rows.map(toUsageCall), nextCursor };
}
