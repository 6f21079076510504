import type { ConversationSummary } from "@/lib/shared/schemas/conversation";

const GROUPS = ["pinned", "today", "yesterday", "earlier"] as const;
export type Group = (typeof GROUPS)[number];

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

function groupOf({ pinned, updatedAt }: ConversationSummary, now: Date): Group {
  if (pinned) return "pinned";
  const days = Math.round((startOfDay(now) - startOfDay(new Date(updatedAt))) / 86_400_000);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : "earlier";
}

/**
 * The rows by group, in the reader's own time zone; groups without rows are left out. All in one where
 * the time is not known.
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
