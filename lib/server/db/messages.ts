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
  toolResults: true,
  uploadIds: true,
  pictureUrls: true,
  createdAt: true,
  run: { select: ANSWER },
} as const;

export type MessageRow = Awaited<ReturnType<typeof findAllMessages>>[number];

/** All messages of a conversation, of every branch, oldest first. */
export function findAllMessages(userId: UserId, conversationId: string) {
  return getDb().message.findMany({
    where: { conversationId, userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: MESSAGE,
  });
}

/** Those of the user among `ids`, in no particular order. */
export function findMessages(userId: UserId, conversationId: string, ids: string[]) {
  return getDb().message.findMany({
    where: { id: { in: ids }, conversationId, userId },
    select: MESSAGE,
  });
}

export type NewMessage = {
  id: string;
  parentId: string | null;
  role: "user" | "assistant";
  text: string;
  reasoning: string;
  toolCalls: object[];
  toolResults: object[];
  uploadIds: string[];
  pictureUrls: string[];
  createdAt: Date;
};

/** A conversation with its messages, all or nothing; parents before children. */
export async function insertWholeConversation(
  userId: UserId,
  conversation: { id: string; title: string; model: string; settings: object; at: Date },
  messages: readonly NewMessage[],
): Promise<void> {
  const { id, at, ...rest } = conversation;
  await getDb().conversation.create({
    data: {
      ...rest,
      id,
      userId,
      titledByUser: true,
      createdAt: at,
      updatedAt: at,
      messages: {
        createMany: {
          data: messages.map(({ toolCalls, toolResults, ...message }) => ({
            ...message,
            userId,
            ...(toolCalls.length > 0 && { toolCalls }),
            ...(toolResults.length > 0 && { toolResults }),
          })),
        },
      },
    },
    select: { id: true },
  });
}
