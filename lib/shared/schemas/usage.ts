import { z } from "zod";
import { freeText } from "../clean-text";
import { isErrorCode } from "../errors";
import { measurements } from "./chat";

/** The longest range by days. */
export const MAX_RANGE_DAYS = 400;
/** Before this there was no ledger. */
export const FIRST_DAY = "2020-01-01";

export const daySchema = z.iso.date().refine((day) => day >= FIRST_DAY);
const hourSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])$/);
/** A ledger day, or an hour of one. */
const timeSchema = z.union([
  daySchema,
  hourSchema.refine((hour) => daySchema.safeParse(hour.slice(0, 10)).success),
]);

const kindSchema = z.enum(["chat", "vision", "image", "edit"]);
const statusSchema = z.enum(["open", "complete", "stopped", "interrupted", "failed", "unknown"]);
export const USAGE_STATUSES = statusSchema.options;
export const USAGE_KINDS = kindSchema.options;

const range = {
  /** Ledger days (Asia/Shanghai), both included; with `bucket=hour` also hours, `YYYY-MM-DDTHH`. */
  from: timeSchema.optional(),
  to: timeSchema.optional(),
};

/** Default: the last 14 days by model. */
export const usageQuerySchema = z.strictObject({
  ...range,
  bucket: z.enum(["hour", "day"]).optional(),
  by: z.enum(["model", "kind", "status"]).optional(),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

const sumsSchema = z.object({
  calls: z.number(),
  /** Refused or failed before ModelScope charged. */
  attempts: z.number(),
  images: z.number(),
  /** Calls and attempts that ended well. */
  succeeded: z.number(),
  /** Those that failed, broke off or whose outcome is unknown; what was stopped is in neither. */
  failed: z.number(),
  /** Sum of what was reported; null where no call of the group reported any. */
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  reasoningTokens: z.number().nullable(),
  /** Calls whose tokens ModelScope did not report. */
  unreported: z.number(),
  /** Magicubes of the calls whose price is known; null where none is. */
  credits: z.number().nullable(),
  /** Calls whose price is not known. */
  unpriced: z.number(),
  /** Output tokens a second after the first; null where no call was timed. */
  tokensPerSecond: z.number().nullable(),
});
export type UsageSums = z.infer<typeof sumsSchema>;

/** Milliseconds to the first token, waiting in the lane left out, in steps of 10 %. */
const latencySchema = z.object({ p50: z.number(), p95: z.number(), calls: z.number() });
export type Latency = z.infer<typeof latencySchema>;

/** What is counted of a range, of one user or of everybody. */
export const usageSchema = z.object({
  from: timeSchema,
  to: timeSchema,
  bucket: z.enum(["hour", "day"]),
  zone: z.string(),
  total: sumsSchema.extend({ firstToken: latencySchema.nullable() }),
  groups: z.array(sumsSchema.extend({ key: z.string() })),
  /** One row a day or hour and group; those without calls are absent. */
  buckets: z.array(
    sumsSchema
      .pick({ calls: true, attempts: true, credits: true })
      // A ledger day or hour of our own making: there are hundreds, and reading them again takes its time.
      .extend({ at: z.string(), key: z.string() }),
  ),
  /** First token by model, most calls first. */
  firstTokens: z.array(latencySchema.extend({ model: z.string() })),
  errors: z.array(z.object({ code: z.string(), count: z.number(), models: z.array(z.string()) })),
  /** Calls and attempts by weekday, 1 = Monday, and hour; none for a range in hours. */
  hours: z.array(z.object({ weekday: z.number(), hour: z.number(), calls: z.number() })),
});
export type Usage = z.infer<typeof usageSchema>;

export const ownUsageSchema = usageSchema.extend({
  /**
   * What the balance told of the days of the range, in Magicubes; null for a range in hours, and where
   * it told nothing.
   */
  account: z
    .object({
      /** By other programs with the same account. */
      elsewhere: z.number(),
      /** Spent elsewhere, or here, or lapsed: nobody can tell. */
      unclear: z.number(),
      /** Days of the range on which two readings of the balance could be compared. */
      days: z.number(),
    })
    .nullable(),
});
export type OwnUsage = z.infer<typeof ownUsageSchema>;

const filters = {
  kind: kindSchema.optional(),
  status: statusSchema.optional(),
  /** An error code, as in the errors of the range. */
  error: z.string().refine(isErrorCode).optional(),
  /** Part of a model's id; case does not matter. */
  model: freeText().trim().max(200).optional(),
  /** `1`: only what neither ended well nor was stopped. */
  troubled: z.literal("1").optional(),
};
export const usageFilterSchema = z.strictObject({ ...range, ...filters });
export type UsageFilter = z.infer<typeof usageFilterSchema>;

export const usageCallsQuerySchema = z.strictObject({
  ...range,
  ...filters,
  cursor: z.string().max(200).optional(),
});

const usageCallSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  model: z.string(),
  /** Who serves the model: `ModelScope`, or what stands behind the colon of its id. */
  provider: z.string(),
  protocol: z.string(),
  status: statusSchema,
  /** Whether ModelScope is believed to have charged it; an attempt was not. */
  isCall: z.boolean(),
  ...measurements,
  reasoningTokens: z.number().nullable(),
  /** Magicubes; null = not known. */
  credits: z.number().nullable(),
  /** `measured`: seen in the balance; `listed`: ModelScope's list; `estimated`: what such calls were seen to cost. */
  priceSource: z.enum(["measured", "listed", "estimated"]).nullable(),
  upstreamRequestId: z.string().nullable(),
  /** Where it is found, as long as it exists. */
  conversationId: z.string().nullable(),
  imageId: z.string().nullable(),
});
export type UsageCall = z.infer<typeof usageCallSchema>;
export const usageCallsSchema = z.object({
  calls: z.array(usageCallSchema),
  nextCursor: z.string().nullable(),
});
