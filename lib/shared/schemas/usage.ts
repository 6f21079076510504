import { z } from "zod";
import { measurements } from "./chat";

const daySchema = z.iso.date();

export const usageQuerySchema = z.strictObject({
  /** Ledger days (Asia/Shanghai), both included. Default: the last 14. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  bucket: z.enum(["day"]).optional(),
  by: z.enum(["model", "kind", "status"]).optional(),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

const sumsSchema = z.object({
  calls: z.number(),
  /** Refused or failed before ModelScope charged. */
  attempts: z.number(),
  images: z.number(),
  /** Sum of what was reported; null where no call of the group reported any. */
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Calls whose tokens ModelScope did not report. */
  unreported: z.number(),
});
export type UsageSums = z.infer<typeof sumsSchema>;

export const usageSchema = z.object({
  from: daySchema,
  to: daySchema,
  zone: z.string(),
  total: sumsSchema,
  groups: z.array(sumsSchema.extend({ key: z.string() })),
  /** One row a day and group; days without calls are absent. */
  days: z.array(sumsSchema.extend({ day: daySchema, key: z.string() })),
});
export type Usage = z.infer<typeof usageSchema>;

export const usageCallsQuerySchema = z.strictObject({ cursor: z.string().max(200).optional() });

const usageCallSchema = z.object({
  id: z.string(),
  kind: z.enum(["chat", "vision", "image", "edit"]),
  model: z.string(),
  status: z.enum(["open", "complete", "stopped", "interrupted", "failed", "unknown"]),
  isCall: z.boolean(),
  ...measurements,
});
export type UsageCall = z.infer<typeof usageCallSchema>;
export const usageCallsSchema = z.object({
  calls: z.array(usageCallSchema),
  nextCursor: z.string().nullable(),
});

/** Magicubes; null = unknown, never shown as 0. */
export const creditsSchema = z.object({
  state: z.enum(["known", "unreadable", "no_token"]),
  available: z.number().nullable(),
  held: z.number().nullable(),
  source: z.string(),
  readAt: z.iso.datetime().nullable(),
  /** Why the balance could not be read; null also where the answer had no balance in it. */
  errorCode: z.string().nullable(),
  /** Calls a day, where ModelScope names them; `model` null = all together. */
  limits: z.array(
    z.object({
      model: z.string().nullable(),
      limit: z.number().nullable(),
      remaining: z.number().nullable(),
      readAt: z.iso.datetime(),
    }),
  ),
});
export type Credits = z.infer<typeof creditsSchema>;
