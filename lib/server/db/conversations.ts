import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { Cursor } from "@/lib/shared/cursor";
import { getDb } from "./client";

const ACTIVE: { in: ("queued" | "streaming")[] } = { in: ["queued", "streaming"] };

const SUMMARY = {
  id: true,
  title: true,
  model: true,
  settings: true,
  pinnedAt: true,
  isColumn: true,
  titledByUser: true,
  updatedAt: true,
  runs: { where: { status: ACTIVE }, select: { id: true }, take: 1 },
} as const;

export type ConversationRow = NonNullable<Awaited<ReturnType<typeof findConversation>>>;

export function findConversation(userId: UserId, id: string) {
  return getDb().conversation.findFirst({ where: { id, userId }, select: SUMMARY });
}

/** Newest first, `take` after the cursor; the pinned ones are left out, see `findPinned`. */
export function findConversations(
  userId: UserId,
  { cursor, take }: { cursor: Cursor | null; take: number },
) {
  return getDb().conversation.findMany({
    where: {
      userId,
      isColumn: false,
      pinnedAt: null,
      ...(cursor && {
        OR: [{ updatedAt: { lt: cursor.at } }, { updatedAt: cursor.at, id: { lt: cursor.id } }],
      }),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take,
    select: SUMMARY,
  });
}

/** The pinned ones, the last pinned first. */
export function findPinned(userId: UserId, take: number) {
  return getDb().conversation.findMany({
    where: { userId, isColumn: false, pinnedAt: { not: null } },
    orderBy: [{ pinnedAt: "desc" }, { id: "desc" }],
    take,
    select: SUMMARY,
  });
}

export function countConversations(userId: UserId): Promise<number> {
  return getDb().conversation.count({ where: { userId, isColumn: false } });
}

export async function insertConversation(
  userId: UserId,
  conversation: {
    id: string;
    title: string;
    titledByUser: boolean;
    model: string;
    settings: object;
    createdAt: Date;
  },
): Promise<void> {
  const { createdAt } = conversation;
  await getDb().conversation.create({
    data: { ...conversation, userId, updatedAt: createdAt },
    select: { id: true },
  });
}

/** False where the user has no such conversation. */
export async function updateConversation(
  userId: UserId,
  id: string,
  changes: {
    title?: string;
    titledByUser?: boolean;
    pinnedAt?: Date | null;
    leafId?: string | null;
    isColumn?: boolean;
    model?: string;
    settings?: object;
  },
): Promise<boolean> {
  const { count } = await getDb().conversation.updateMany({ where: { id, userId }, data: changes });
  return count === 1;
}

/** False where the user has no such conversation. Its messages and runs go with it; the ledger stays. */
export async function deleteConversation(userId: UserId, id: string): Promise<boolean> {
  const { count } = await getDb().conversation.deleteMany({ where: { id, userId } });
  return count === 1;
}

/** Gives a title of our own making, unless the user has given one. False where that is so. */
export async function updateAutomaticTitle(
  userId: UserId,
  id: string,
  title: string,
): Promise<boolean> {
  const { count } = await getDb().conversation.updateMany({
    where: { id, userId, titledByUser: false },
    data: { title },
  });
  return count === 1;
}
