import "server-only";
import type { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { chatSettingsSchema } from "@/lib/shared/schemas/chat";
import type {
  ChatMessage,
  Conversation,
  ConversationSummary,
  CreateConversationBody,
  conversationListSchema,
  PatchConversationBody,
} from "@/lib/shared/schemas/conversation";
import { now } from "../clock";
import {
  type ConversationRow,
  countConversations,
  deleteConversation,
  findConversation,
  findConversations,
  insertConversation,
  updateConversation,
} from "../db/conversations";
import { fromCursor, toPage } from "../db/cursor";
import { findMessages, type MessageRow } from "../db/messages";
import { listLiveRuns } from "../runs/registry";
import { toStoredReadout, toToolCalls } from "../runs/run-view";

const PAGE_SIZE = 50;

function toSummary(row: ConversationRow): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    model: row.model,
    pinned: row.pinnedAt !== null,
    running: row.runs.length > 0,
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toChatMessage(row: MessageRow): ChatMessage {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    // Until a run ends, its text is in its own row.
    text: row.text || (row.run?.text ?? ""),
    reasoning: row.reasoning || (row.run?.reasoning ?? ""),
    toolCalls: toToolCalls(row.toolCalls ?? row.run?.toolCalls),
    uploads: row.uploadIds,
    createdAt: row.createdAt.toISOString(),
    run: row.run && toStoredReadout(row.run),
  };
}

/** One page of the user's conversations, newest first, with their number in all. */
export async function listConversations(
  { userId }: Actor,
  query: { search?: string | undefined; cursor?: string | undefined },
): Promise<z.infer<typeof conversationListSchema>> {
  const [found, total] = await Promise.all([
    findConversations(userId, {
      search: query.search ?? null,
      cursor: fromCursor(query.cursor),
      take: PAGE_SIZE + 1,
    }),
    countConversations(userId),
  ]);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.updatedAt);
  return { conversations: rows.map(toSummary), total, nextCursor };
}

/** A conversation with its messages. Throws `not_found`. */
export async function getConversation({ userId }: Actor, id: string): Promise<Conversation> {
  const row = await findConversation(userId, id);
  if (!row) throw new AppError("not_found");
  const messages = await findMessages(userId, id);
  const settings = chatSettingsSchema.safeParse(row.settings);
  return {
    ...toSummary(row),
    settings: settings.data ?? {},
    messages: messages.map(toChatMessage),
  };
}

/** An empty conversation, to be filled by `POST /api/chat`. */
export async function createConversation(
  actor: Actor,
  body: CreateConversationBody,
): Promise<Conversation> {
  const id = newId("conversation");
  await insertConversation(actor.userId, {
    id,
    title: body.title ?? "",
    titledByUser: body.title !== undefined,
    model: body.model,
    settings: body.settings ?? {},
    createdAt: now(),
  });
  return getConversation(actor, id);
}

/** Renames or pins. Throws `not_found`. */
export async function changeConversation(
  actor: Actor,
  id: string,
  { title, pinned }: PatchConversationBody,
): Promise<Conversation> {
  const isFound = await updateConversation(actor.userId, id, {
    ...(title !== undefined && { title, titledByUser: true }),
    ...(pinned !== undefined && { pinnedAt: pinned ? now() : null }),
  });
  if (!isFound) throw new AppError("not_found");
  return getConversation(actor, id);
}

/** Deletes a conversation with its messages; what was spent stays in the ledger. Throws `not_found`. */
export async function removeConversation({ userId }: Actor, id: string): Promise<void> {
  if (!(await deleteConversation(userId, id))) throw new AppError("not_found");
  for (const run of listLiveRuns()) {
    if (run.conversationId === id && run.userId === userId)
      run.abort.abort(new AppError("stopped"));
  }
}
