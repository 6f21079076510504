import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { modelIdSchema } from "./model";

export const MESSAGE_MAX_LENGTH = 200_000;

/** Sampling parameters; what is unset is absent and not sent. */
export const chatSettingsSchema = z.strictObject({
  systemPrompt: freeText().max(50_000).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().min(1).max(131_072).optional(),
});
export type ChatSettings = z.infer<typeof chatSettingsSchema>;

export const idempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{8,128}$/, {
  error: "validation.idempotencyKey",
});

export const chatBodySchema = z.strictObject({
  conversationId: idSchema.optional(),
  parentMessageId: idSchema.optional(),
  message: z.strictObject({
    text: freeText().min(1).max(MESSAGE_MAX_LENGTH),
    uploads: z.array(idSchema).max(0, { error: "validation.uploadsLater" }).optional(),
  }),
  model: modelIdSchema,
  settings: chatSettingsSchema,
  idempotencyKey: idempotencyKeySchema,
});
export type ChatBody = z.infer<typeof chatBodySchema>;

const runStatusSchema = z.enum([
  "queued",
  "streaming",
  "complete",
  "stopped",
  "interrupted",
  "failed",
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Times in milliseconds; null = not (yet) known. */
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
  upstreamRequestId: z.string().nullable(),
});
export type RunReadout = z.infer<typeof runReadoutSchema>;

export const runParamsSchema = z.strictObject({ id: idSchema });
