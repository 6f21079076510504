import { DAY_MS, toLedgerDay } from "@/lib/shared/calendar";
import type { ConversationSummary } from "@/lib/shared/schemas/conversation";

const GROUPS = ["pinned", "today", "yesterday", "earlier"] as const;
export type Group = (typeof GROUPS)[number];

/** Whole days since 1970 in the zone that every time is shown in. */
const toDayNumber = (at: Date) => Date.parse(`${toLedgerDay(at)}T00:00:00Z`) / DAY_MS;

function groupOf({ pinned, updatedAt }: ConversationSummary, now: Date): Group {
  if (pinned) return "pinned";
  const days = toDayNumber(now) - toDayNumber(new Date(updatedAt));
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : "earlier";
}

/**
 * The rows by group; groups without rows are left out. All in one where the time is not known.
 */
export function toGroups(
  rows: readonly ConversationSummary[],
  now: Date | null,
): { group: Group; rows: readonly ConversationSummary[] }[] {
  if (!now) return [{ group: "earlier", rows }];
  return GROUPS.map((group) => ({
    group,
    rows: rows.filter((row) => groupOf(row, now) === group),
  })).filter((found) => found.rows.length > 0);
}
