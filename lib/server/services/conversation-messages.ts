import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";
import { type BranchEnd, deleteMessageTree, findBranchPage, findNewestLeaf } from "../db/branches";
import { updateConversation } from "../db/conversations";
import { findMessages, type MessageRow } from "../db/messages";
import { findLiveRun } from "../runs/registry";
import { toStoredReadout, toToolCalls, toToolResults } from "../runs/run-view";
import { removeUnusedUploads } from "./upload-removal";

/** Messages of one page; a screen shows about ten. */
const PAGE_SIZE = 30;

function toChatMessage(row: MessageRow, siblings: readonly string[]): ChatMessage {
  return {
    id: row.id,
    parentId: row.parentId,
    role: row.role,
    // Until a run ends, its text is in its own row.
    text: row.text || (row.run?.text ?? ""),
    reasoning: row.reasoning || (row.run?.reasoning ?? ""),
    toolCalls: toToolCalls(row.toolCalls ?? row.run?.toolCalls),
    toolResults: toToolResults(row.toolResults),
    uploads: row.uploadIds,
    pictureUrls: row.pictureUrls,
    siblings: [...siblings],
    createdAt: row.createdAt.toISOString(),
    run: row.run && toStoredReadout(row.run),
  };
}

export type MessagePage = { messages: ChatMessage[]; hasEarlier: boolean };

/** The last page of a branch, oldest first, and whether more stands before it. */
export async function readMessagePage(
  { userId }: Actor,
  conversationId: string,
  end: BranchEnd,
): Promise<MessagePage> {
  const page = (await findBranchPage(userId, conversationId, { end, take: PAGE_SIZE })).reverse();
  const ids = page.map(({ id }) => id);
  const rows = new Map(
    (await findMessages(userId, conversationId, ids)).map((row) => [row.id, row]),
  );
  const messages = page.flatMap(({ id, siblings }) => {
    const row = rows.get(id);
    return row ? [toChatMessage(row, siblings)] : [];
  });
  const [first] = page;
  return { messages, hasEarlier: first !== undefined && first.parentId !== null };
}

/** Shows the branch through a message, down to the newest that follows it. Throws `not_found`. */
export async function showBranch(
  { userId }: Actor,
  conversationId: string,
  messageId: string,
): Promise<void> {
  const leafId = await findNewestLeaf(userId, conversationId, messageId);
  if (!leafId) throw new AppError("not_found");
  await updateConversation(userId, conversationId, { leafId });
}

/**
 * Deletes a message with everything that follows it, stops what still runs there, and shows another
 * version of it where there is one. What was spent stays in the ledger. Throws `not_found`.
 */
export async function removeMessage(
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<void> {
  const { userId } = actor;
  const deleted = await deleteMessageTree(userId, conversationId, messageId);
  if (!deleted) throw new AppError("not_found");
  for (const id of deleted.runIds) findLiveRun(userId, id)?.abort.abort(new AppError("stopped"));
  const leafId = deleted.parentId
    ? await findNewestLeaf(userId, conversationId, deleted.parentId)
    : null;
  await updateConversation(userId, conversationId, { leafId });
  await removeUnusedUploads(userId, deleted.uploadIds);
}
