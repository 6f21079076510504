import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { publicUrlSchema } from "../public-url";
import { modelIdSchema } from "./model";
import { uploadIdsSchema } from "./upload";

export const MESSAGE_MAX_LENGTH = 200_000;
export const MAX_PICTURES = 8;
const MAX_TOOLS = 32;
const MAX_STOPS = 4;
export const MAX_TOKENS = 131_072;
const MAX_SEED = 2_147_483_647;

/** A function of the user's that the model may ask for; `parameters` is a JSON Schema. */
const toolSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,64}$/, { error: "validation.toolName" }),
  description: freeText().max(4_000).optional(),
  parameters: z.record(z.string(), z.json()).optional(),
});
export type Tool = z.infer<typeof toolSchema>;

export const toolsSchema = z.array(toolSchema).min(1).max(MAX_TOOLS);

/** Settings of a conversation; what is unset is absent and not sent. */
export const chatSettingsSchema = z.strictObject({
  systemPrompt: freeText().max(50_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).max(MAX_TOKENS).optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
  seed: z.int().min(0).max(MAX_SEED).optional(),
  stop: z.array(freeText().min(1).max(200)).min(1).max(MAX_STOPS).optional(),
  /** Sent in the model's own dialect; a family that cannot switch is sent nothing. */
  thinking: z.boolean().optional(),
  thinkingBudget: z.int().min(1).max(MAX_TOKENS).optional(),
  /** `json`: one JSON object. A JSON schema is not offered: ModelScope answers it with an empty shell. */
  format: z.enum(["json"]).optional(),
  tools: toolsSchema.optional(),
  /** Which of ModelScope's two chat protocols is spoken. Default: `openai`. */
  protocol: z.enum(["openai", "anthropic"]).optional(),
});
export type ChatSettings = z.infer<typeof chatSettingsSchema>;

export const idempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{8,128}$/, {
  error: "validation.idempotencyKey",
});

/** What the user says a function answered that the model had asked for. */
export const toolResultSchema = z.strictObject({
  id: z.string().min(1).max(200),
  result: freeText().max(MESSAGE_MAX_LENGTH),
});
export type ToolResult = z.infer<typeof toolResultSchema>;

/** A text with its pictures, or the results of tool calls. */
const questionSchema = z
  .strictObject({
    text: freeText().min(1).max(MESSAGE_MAX_LENGTH).optional(),
    uploads: uploadIdsSchema(MAX_PICTURES).optional(),
    /** Public addresses of pictures, handed to the model as they are. */
    pictureUrls: z.array(publicUrlSchema).min(1).max(MAX_PICTURES).optional(),
    toolResults: z.array(toolResultSchema).min(1).max(MAX_TOOLS).optional(),
  })
  .refine(({ text, toolResults }) => text !== undefined || toolResults !== undefined, {
    path: ["text"],
    error: "validation.required",
  })
  .refine(
    ({ text, uploads, pictureUrls, toolResults }) =>
      toolResults === undefined || (text ?? uploads ?? pictureUrls) === undefined,
    { path: ["toolResults"], error: "validation.toolResultsAlone" },
  );

export const chatBodySchema = z.strictObject({
  conversationId: idSchema.optional(),
  /**
   * The message that is gone on from; null = the beginning of the conversation, absent = the end of
   * what it shows.
   */
  parentMessageId: idSchema.nullable().optional(),
  /** Absent = the parent is a question that is to be answered anew. */
  message: questionSchema.optional(),
  model: modelIdSchema,
  settings: chatSettingsSchema,
  /** A new conversation is the column of a comparison: kept out of the list until it is chosen. */
  isColumn: z.boolean().optional(),
  idempotencyKey: idempotencyKeySchema,
});
export type ChatBody = z.infer<typeof chatBodySchema>;

export const runStatusSchema = z.enum([
  "queued",
  "streaming",
  "complete",
  "stopped",
  "interrupted",
  "failed",
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** A call of a function that the model asks for; `arguments` is JSON text, as far as it came. */
export const toolCallSchema = z.object({
  id: z.string(),
  name: z.string(),
  arguments: z.string(),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

/** Times in milliseconds, waiting in the lane left out; null = not (yet) known. */
export const measurements = {
  errorCode: z.string().nullable(),
  startedAt: z.iso.datetime(),
  firstTokenMs: z.number().nullable(),
  totalMs: z.number().nullable(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  tokenSource: z.enum(["reported", "estimated", "none"]),
};

/** What is measured of one answer. */
export const runReadoutSchema = z.object({
  runId: z.string(),
  status: runStatusSchema,
  model: z.string(),
  ...measurements,
  /** How long it waited in the lane before ModelScope was asked; null = it waits, or never was. */
  queuedMs: z.number().nullable(),
  /** From the first token to the first of the answer itself; 0 without reasoning. */
  thoughtMs: z.number().nullable(),
  /** ModelScope's own words of a refusal, where they help. */
  errorText: z.string().nullable(),
  upstreamRequestId: z.string().nullable(),
});
export type RunReadout = z.infer<typeof runReadoutSchema>;

export const runParamsSchema = z.strictObject({ id: idSchema });
