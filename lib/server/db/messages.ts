import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { ANSWER } from "./runs";

const MESSAGE = {
  id: true,
  parentId: true,
  role: true,
  text: true,
  reasoning: true,
  toolCalls: true,
  uploadIds: true,
  createdAt: true,
  run: { select: ANSWER },
} as const;

export type MessageRow = Awaited<ReturnType<typeof findMessages>>[number];

/** All messages of a conversation, oldest first. */
export function findMessages(userId: UserId, conversationId: string) {
  return getDb().message.findMany({
    where: { conversationId, userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: MESSAGE,
  });
}
