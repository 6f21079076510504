import { z } from "zod";
import { freeText } from "../clean-text";
import { chatSettingsSchema, MESSAGE_MAX_LENGTH, toolCallSchema, toolResultSchema } from "./chat";
import { modelIdSchema } from "./model";

const CONVERSATION_FORMATS = ["json", "markdown"] as const;

export const exportQuerySchema = z.strictObject({
  format: z.enum(CONVERSATION_FORMATS).default("json"),
});

/** An answer may be longer than a question. */
const MAX_TEXT_LENGTH = 2_000_000;
const MAX_MESSAGES = 20_000;
const FORMAT = "modelscope-playground/conversation";

const keySchema = z.string().min(1).max(64);

/** A message of an exported conversation: its place in the tree is told by keys of this file alone. */
const fileMessageSchema = z.object({
  key: keySchema,
  parent: keySchema.nullable(),
  role: z.enum(["user", "assistant"]),
  text: freeText().max(MAX_TEXT_LENGTH),
  reasoning: freeText().max(MAX_TEXT_LENGTH).default(""),
  toolCalls: z
    .array(toolCallSchema.extend({ id: freeText(), name: freeText(), arguments: freeText() }))
    .max(100)
    .default([]),
  toolResults: z.array(toolResultSchema).max(100).default([]),
  createdAt: z.iso.datetime(),
  /** What answered; unknown for questions. */
  model: z.string().max(200).nullable().default(null),
});

/** A whole conversation as a file, all versions of each message; pictures and numbers stay behind. */
export const conversationFileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  title: freeText().max(200),
  model: modelIdSchema,
  settings: chatSettingsSchema.default({}),
  messages: z.array(fileMessageSchema).max(MAX_MESSAGES),
});
export type ConversationFile = z.infer<typeof conversationFileSchema>;

/** A list of messages as OpenAI's clients keep it. */
export const plainMessagesSchema = z.object({
  title: freeText().max(200).optional(),
  model: modelIdSchema.optional(),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "user", "assistant"]),
        content: freeText().max(MESSAGE_MAX_LENGTH),
      }),
    )
    .min(1)
    .max(MAX_MESSAGES),
});
export type PlainMessages = z.infer<typeof plainMessagesSchema>;

export const toConversationFile = (
  conversation: Omit<ConversationFile, "format" | "version">,
): ConversationFile => ({ format: FORMAT, version: 1, ...conversation });
