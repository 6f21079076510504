import "server-only";
import type { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { chatSettingsSchema } from "@/lib/shared/schemas/chat";
import type {
  Conversation,
  ConversationSummary,
  CreateConversationBody,
  conversationListSchema,
  PatchConversationBody,
} from "@/lib/shared/schemas/conversation";
import { now } from "../clock";
import { type BranchEnd, findNewestLeaf } from "../db/branches";
import { type FoundConversation, searchConversations } from "../db/conversation-search";
import {
  type ConversationRow,
  countConversations,
  deleteConversation,
  findConversation,
  findConversations,
  findPinned,
  insertConversation,
  updateConversation,
} from "../db/conversations";
import { fromCursor, toPage } from "../db/cursor";
import { findConversationUploads } from "../db/uploads";
import { listLiveRuns } from "../runs/registry";
import { readMessagePage, showBranch } from "./conversation-messages";
import { removeUnusedUploads } from "./upload-removal";

const PAGE_SIZE = 50;
const MAX_PINNED = 100;

const toSummary = (row: ConversationRow): ConversationSummary => ({
  id: row.id,
  title: row.title,
  model: row.model,
  pinned: row.pinnedAt !== null,
  running: row.runs.length > 0,
  updatedAt: row.updatedAt.toISOString(),
  match: null,
});

const toFound = (row: FoundConversation): ConversationSummary => ({
  id: row.id,
  title: row.title,
  model: row.model,
  pinned: row.pinnedAt !== null,
  running: row.isRunning,
  updatedAt: row.updatedAt.toISOString(),
  match: row.messageId ? { messageId: row.messageId, snippet: row.snippet ?? "" } : null,
});

type ListQuery = { search?: string | undefined; cursor?: string | undefined };

/** One page of the user's conversations, newest first; what is pinned stands before the first. */
async function readPage({ userId }: Actor, query: ListQuery) {
  const cursor = fromCursor(query.cursor);
  const search = query.search?.trim();
  const take = PAGE_SIZE + 1;
  if (search) {
    const found = await searchConversations(userId, { search, cursor, take });
    const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.updatedAt);
    return { conversations: rows.map(toFound), nextCursor };
  }
  const [pinned, found] = await Promise.all([
    cursor ? [] : findPinned(userId, MAX_PINNED),
    findConversations(userId, { cursor, take }),
  ]);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.updatedAt);
  return { conversations: [...pinned, ...rows].map(toSummary), nextCursor };
}

/** One page of the user's conversations, found in titles and texts, with their number in all. */
export async function listConversations(
  actor: Actor,
  query: ListQuery,
): Promise<z.infer<typeof conversationListSchema>> {
  const [page, total] = await Promise.all([
    readPage(actor, query),
    countConversations(actor.userId),
  ]);
  return { ...page, total };
}

/**
 * A conversation with the last page of the branch that it shows, or of the one that `end` names.
 * Throws `not_found`.
 */
export async function getConversation(
  actor: Actor,
  id: string,
  end: BranchEnd = null,
): Promise<Conversation> {
  const [row, page] = await Promise.all([
    findConversation(actor.userId, id),
    readMessagePage(actor, id, end),
  ]);
  if (!row) throw new AppError("not_found");
  const settings = chatSettingsSchema.safeParse(row.settings);
  return { ...toSummary(row), settings: settings.data ?? {}, ...page };
}

/** A page of a conversation: its last, the one before a message, or the one around a message. Throws `not_found`. */
export async function readConversation(
  actor: Actor,
  id: string,
  { before, around }: { before?: string | undefined; around?: string | undefined },
): Promise<Conversation> {
  if (before !== undefined) return getConversation(actor, id, { beforeId: before });
  if (around === undefined) return getConversation(actor, id);
  const leafId = await findNewestLeaf(actor.userId, id, around);
  if (!leafId) throw new AppError("not_found");
  return getConversation(actor, id, { leafId, untilId: around });
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

/** Renames, pins, keeps, or shows another branch; see the body's schema. Throws `not_found`. */
export async function changeConversation(
  actor: Actor,
  id: string,
  { title, pinned, shownMessageId, isColumn, model, settings }: PatchConversationBody,
): Promise<Conversation> {
  if (shownMessageId !== undefined) await showBranch(actor, id, shownMessageId);
  const isFound = await updateConversation(actor.userId, id, {
    ...(title !== undefined && { title, titledByUser: true }),
    ...(pinned !== undefined && { pinnedAt: pinned ? now() : null }),
    ...(isColumn !== undefined && { isColumn }),
    ...(model !== undefined && { model }),
    ...(settings !== undefined && { settings }),
  });
  if (!isFound) throw new AppError("not_found");
  return getConversation(actor, id);
}

/**
 * Deletes a conversation with its messages and the pictures that only it has; what was spent stays in
 * the ledger. Throws `not_found`.
 */
export async function removeConversation({ userId }: Actor, id: string): Promise<void> {
  const uploadIds = await findConversationUploads(userId, id);
  if (!(await deleteConversation(userId, id))) throw new AppError("not_found");
  for (const run of listLiveRuns()) {
    if (run.conversationId === id && run.userId === userId)
      run.abort.abort(new AppError("stopped"));
  }
  await removeUnusedUploads(userId, uploadIds);
}
