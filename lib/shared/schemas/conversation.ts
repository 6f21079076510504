import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { chatSettingsSchema, runReadoutSchema, toolCallSchema } from "./chat";
import { modelIdSchema } from "./model";

export const conversationParamsSchema = z.strictObject({ id: idSchema });

const titleSchema = freeText().trim().min(1).max(200);

export const createConversationBodySchema = z.strictObject({
  title: titleSchema.optional(),
  model: modelIdSchema,
  settings: chatSettingsSchema.optional(),
});
export type CreateConversationBody = z.infer<typeof createConversationBodySchema>;

export const patchConversationBodySchema = z.strictObject({
  title: titleSchema.optional(),
  pinned: z.boolean().optional(),
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
  /** The user's own pictures that go with a question. */
  uploads: z.array(z.string()),
  createdAt: z.iso.datetime(),
  run: runReadoutSchema.nullable(),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const conversationSchema = conversationSummarySchema.extend({
  settings: chatSettingsSchema,
  messages: z.array(chatMessageSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;
