import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { chatSettingsSchema, runReadoutSchema, toolCallSchema, toolResultSchema } from "./chat";
import { modelIdSchema } from "./model";

export const conversationParamsSchema = z.strictObject({ id: idSchema });

const titleSchema = freeText().trim().min(1).max(200);

export const createConversationBodySchema = z.strictObject({
  title: titleSchema.optional(),
  model: modelIdSchema,
  settings: chatSettingsSchema.optional(),
});
export type CreateConversationBody = z.infer<typeof createConversationBodySchema>;

/** A new conversation with everything up to a message of another. */
export const branchConversationBodySchema = z.strictObject({ messageId: idSchema });

export const readConversationQuerySchema = z.strictObject({
  /** The page that ends with the parent of this message. */
  before: idSchema.optional(),
  /** The page that ends where the branch through this message ends, or with it in a long one. */
  around: idSchema.optional(),
});

export const messageParamsSchema = z.strictObject({ id: idSchema, messageId: idSchema });

export const patchConversationBodySchema = z.strictObject({
  title: titleSchema.optional(),
  pinned: z.boolean().optional(),
  /** A message whose branch is shown from here on. */
  shownMessageId: idSchema.optional(),
  /** False takes the column of a comparison into the list of conversations. */
  isColumn: z.literal(false).optional(),
  /** What the next question is asked with. */
  model: modelIdSchema.optional(),
  settings: chatSettingsSchema.optional(),
});
export type PatchConversationBody = z.infer<typeof patchConversationBodySchema>;

export const listConversationsQuerySchema = z.strictObject({
  search: freeText().max(200).optional(),
  cursor: z.string().max(200).optional(),
});

const conversationSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  model: z.string(),
  pinned: z.boolean(),
  running: z.boolean(),
  updatedAt: z.iso.datetime(),
  /** Where a search found its words in a message. */
  match: z.object({ messageId: z.string(), snippet: z.string() }).nullable(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

export const conversationListSchema = z.object({
  conversations: z.array(conversationSummarySchema),
  total: z.number(),
  nextCursor: z.string().nullable(),
});

const chatMessageSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  role: z.enum(["user", "assistant"]),
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(toolCallSchema),
  toolResults: z.array(toolResultSchema),
  /** The user's own pictures that go with a question. */
  uploads: z.array(z.string()),
  /** Addresses of pictures elsewhere that go with a question. */
  pictureUrls: z.array(z.string()),
  /** Ids of the versions of this message, oldest first; its own among them. */
  siblings: z.array(z.string()),
  createdAt: z.iso.datetime(),
  run: runReadoutSchema.nullable(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const conversationSchema = conversationSummarySchema.extend({
  settings: chatSettingsSchema,
  /** A page of the branch that is shown, oldest first. */
  messages: z.array(chatMessageSchema),
  /** Whether there are messages before these. */
  hasEarlier: z.boolean(),
});
export type Conversation = z.infer<typeof conversationSchema>;
