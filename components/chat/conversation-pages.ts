import type { ConversationSummary } from "@/lib/shared/schemas/conversation";

export type ConversationList = {
  conversations: ConversationSummary[];
  total: number;
  nextCursor: string | null;
};

/** Whether a row stands below another in the list: not pinned, or older. */
const isBelow = (row: ConversationSummary, other: ConversationSummary) =>
  row.pinned === other.pinned ? row.updatedAt < other.updatedAt : other.pinned;

/** The first page anew, above those pages that were shown before. */
export function renew(list: ConversationList, first: ConversationList): ConversationList {
  const last = first.conversations.at(-1);
  const renewed = new Set(first.conversations.map(({ id }) => id));
  const below = last
    ? list.conversations.filter((row) => isBelow(row, last) && !renewed.has(row.id))
    : [];
  if (below.length === 0 || !first.nextCursor) return first;
  return {
    ...first,
    conversations: [...first.conversations, ...below],
    nextCursor: list.nextCursor,
  };
}
