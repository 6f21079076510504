import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { toFields } from "@/lib/shared/field-faults";
import { newId } from "@/lib/shared/ids";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import { parseJson } from "@/lib/shared/parse-json";
import { chatSettingsSchema } from "@/lib/shared/schemas/chat";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import {
  type ConversationFile,
  conversationFileSchema,
  type PlainMessages,
  plainMessagesSchema,
  toConversationFile,
} from "@/lib/shared/schemas/conversation-file";
import { now } from "../clock";
import { findConversation } from "../db/conversations";
import { findAllMessages, insertWholeConversation, type NewMessage } from "../db/messages";
import { toToolCalls, toToolResults } from "../runs/run-view";
import { getConversation } from "./conversations";
import { fromMarkdown, toMarkdown } from "./markdown-file";

/** A whole conversation as a file, all branches. Throws `not_found`. */
async function readFile({ userId }: Actor, id: string): Promise<ConversationFile> {
  const [row, messages] = await Promise.all([
    findConversation(userId, id),
    findAllMessages(userId, id),
  ]);
  if (!row) throw new AppError("not_found");
  return toConversationFile({
    title: row.title,
    model: row.model,
    settings: chatSettingsSchema.safeParse(row.settings).data ?? {},
    messages: messages.map((message) => ({
      key: message.id,
      parent: message.parentId,
      role: message.role,
      text: message.text || (message.run?.text ?? ""),
      reasoning: message.reasoning || (message.run?.reasoning ?? ""),
      toolCalls: toToolCalls(message.toolCalls ?? message.run?.toolCalls),
      toolResults: toToolResults(message.toolResults),
      createdAt: message.createdAt.toISOString(),
      model: message.run?.model ?? null,
    })),
  });
}

/** A title without what file systems forbid. */
const toFileName = (title: string) =>
  title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 80);

/** JSON keeps every version; Markdown, which is for reading, the branch that ends newest. */
export async function exportConversation(
  actor: Actor,
  id: string,
  format: "json" | "markdown",
): Promise<{ body: string; mediaType: string; name: string }> {
  const file = await readFile(actor, id);
  const name = toFileName(file.title) || id;
  return format === "json"
    ? { body: JSON.stringify(file, null, 2), mediaType: "application/json", name: `${name}.json` }
    : { body: toMarkdown(file), mediaType: "text/markdown", name: `${name}.md` };
}

const refuse = (key: string) => new AppError("invalid_request", { fields: { body: { key } } });

function fromPlain({ title, model, messages }: PlainMessages): ConversationFile {
  const system = messages.find(({ role }) => role === "system")?.content;
  const turns = messages.flatMap(({ role, content }) =>
    role === "system" ? [] : [{ role, text: content }],
  );
  const createdAt = now().toISOString();
  return toConversationFile({
    title: title ?? turns[0]?.text.slice(0, 60) ?? "",
    model: model ?? DEFAULT_CHAT_MODEL,
    settings: system ? { systemPrompt: system } : {},
    messages: turns.map((turn, index) => ({
      ...turn,
      key: String(index),
      parent: index === 0 ? null : String(index - 1),
      reasoning: "",
      toolCalls: [],
      toolResults: [],
      createdAt,
      model: null,
    })),
  });
}

/** A file of ours, or a list of messages as others write it. Throws `invalid_request`. */
function fromJson(text: string): ConversationFile {
  const value = parseJson(text);
  if (value === undefined) throw refuse("json");
  const plain = plainMessagesSchema.safeParse(Array.isArray(value) ? { messages: value } : value);
  if (plain.success) return fromPlain(plain.data);
  return parseFile(value);
}

/** A whole file within its bounds, whatever it was read from. Throws `invalid_request`. */
function parseFile(value: unknown): ConversationFile {
  const file = conversationFileSchema.safeParse(value);
  if (file.success) return file.data;
  throw new AppError("invalid_request", { fields: toFields(file.error) });
}

/** The messages with ids of our own, parents first. Throws where a parent is missing or stands behind. */
function toNewMessages({ messages }: ConversationFile): NewMessage[] {
  const ids = new Map<string, string>();
  const startedMs = Math.min(now().getTime(), ...messages.map((m) => Date.parse(m.createdAt)));
  return messages.map(({ key, parent, model: _model, createdAt, ...message }, index) => {
    const parentId = parent === null ? null : ids.get(parent);
    if (parentId === undefined || ids.has(key)) throw refuse("conversationFile");
    const id = newId("message");
    ids.set(key, id);
    // Two of the same moment keep their order.
    const at = new Date(Math.max(Date.parse(createdAt), startedMs + index));
    return { ...message, id, parentId, uploadIds: [], pictureUrls: [], createdAt: at };
  });
}

/**
 * A new conversation from a file: our JSON, our Markdown, or messages as OpenAI's clients keep them.
 * All of it or nothing. Throws `invalid_request`.
 */
export async function importConversation(actor: Actor, bytes: Uint8Array): Promise<Conversation> {
  const text = new TextDecoder().decode(bytes).trim();
  const read = /^[[{]/.test(text) ? fromJson(text) : fromMarkdown(text);
  if (!read) throw refuse("conversationFile");
  const file = parseFile(read);
  const id = newId("conversation");
  const { title, model, settings } = file;
  await insertWholeConversation(
    actor.userId,
    { id, title, model, settings, at: now() },
    toNewMessages(file),
  );
  return getConversation(actor, id);
}

/** `One` → `One (2)` → `One (3)`: so that a branch can be told from where it came from. */
function toNextTitle(title: string): string {
  const [, stem = title, count = "1"] = /^(.*) \((\d{1,3})\)$/.exec(title) ?? [];
  return stem && `${stem} (${Number(count) + 1})`;
}

/**
 * A new conversation with everything from the beginning up to a message of another; pictures are
 * shared, numbers of the answers stay with the old one. Throws `not_found`.
 */
export async function branchConversation(
  actor: Actor,
  id: string,
  messageId: string,
): Promise<Conversation> {
  const { userId } = actor;
  const [row, rows] = await Promise.all([
    findConversation(userId, id),
    findAllMessages(userId, id),
  ]);
  const byId = new Map(rows.map((message) => [message.id, message]));
  if (!row || !byId.has(messageId)) throw new AppError("not_found");
  const branch: typeof rows = [];
  for (let at = byId.get(messageId); at; at = at.parentId ? byId.get(at.parentId) : undefined) {
    branch.unshift(at);
  }
  const newConversationId = newId("conversation");
  let parentId: string | null = null;
  const messages: NewMessage[] = [];
  for (const message of branch) {
    const newMessageId = newId("message");
    messages.push({
      id: newMessageId,
      parentId,
      role: message.role,
      text: message.text || (message.run?.text ?? ""),
      reasoning: message.reasoning,
      toolCalls: toToolCalls(message.toolCalls),
      toolResults: toToolResults(message.toolResults),
      uploadIds: message.uploadIds,
      pictureUrls: message.pictureUrls,
      createdAt: message.createdAt,
    });
    parentId = newMessageId;
  }
  await insertWholeConversation(
    userId,
    {
      id: newConversationId,
      title: toNextTitle(row.title),
      model: row.model,
      settings: chatSettingsSchema.safeParse(row.settings).data ?? {},
      at: now(),
    },
    messages,
  );
  return getConversation(actor, newConversationId);
}
