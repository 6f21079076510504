import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { imageParamShape, PROMPT_MAX_LENGTH } from "../image-params";
import { modelIdSchema } from "./model";
import { uploadIdsSchema } from "./upload";

/** More than any family takes; each has its own limit. */
const MAX_INPUTS = 8;

/** ModelScope's own studio makes up to this many at once (2026-11). */
const MAX_BATCH = 8;

export const imageParamsSchema = z.strictObject({ id: idSchema });

export const imageFileQuerySchema = z.strictObject({
  /** For a file to keep; absent = as it is stored, to be shown. */
  format: z.enum(["png", "jpeg", "webp"]).optional(),
  /** Whether how it was made stands in the file. */
  recipe: z.literal("1").optional(),
});
export type ImageFileQuery = z.infer<typeof imageFileQuerySchema>;

export const createImageBodySchema = z.strictObject({
  model: modelIdSchema,
  prompt: freeText().trim().min(1).max(PROMPT_MAX_LENGTH),
  ...imageParamShape,
  /** The user's own pictures that an edit model works on, in order. */
  uploads: uploadIdsSchema(MAX_INPUTS).min(1).optional(),
  /** Pictures of one click; a seed that is set is counted up by one for each unless it is locked. */
  count: z.int().min(1).max(MAX_BATCH).optional(),
  lockSeed: z.boolean().optional(),
});
export type CreateImageBody = z.infer<typeof createImageBodySchema>;

const imageStatusSchema = z.enum([
  "new",
  "submitting",
  "submitted",
  "polling",
  "fetching",
  "done",
  "failed",
  "unknown",
  "needs_token",
  "cancelled",
]);
export type ImageStatus = z.infer<typeof imageStatusSchema>;

/** States that change by themselves. */
export const ACTIVE_STATUSES: readonly ImageStatus[] = [
  "new",
  "submitting",
  "submitted",
  "polling",
  "fetching",
];

/** Endings that somebody should look at. */
export const ATTENTION_STATUSES: readonly ImageStatus[] = ["unknown", "failed", "needs_token"];

/** The groups of the gallery. */
export const IMAGE_GROUPS = ["all", "active", "favourite", "attention"] as const;
export type ImageGroup = (typeof IMAGE_GROUPS)[number];

export const listImagesQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  group: z.enum(IMAGE_GROUPS).optional(),
  model: modelIdSchema.optional(),
  /** Letters of prompt, model or seed. */
  q: freeText().trim().min(1).max(200).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type ListImagesQuery = z.infer<typeof listImagesQuerySchema>;

/** Pictures that are changed or deleted together; one that is not the caller's refuses all. */
const imageIdsSchema = z.array(idSchema).min(1).max(200);
export const imageIdsBodySchema = z.strictObject({ ids: imageIdsSchema });
export const changeImagesBodySchema = z.strictObject({
  ids: imageIdsSchema,
  isFavourite: z.boolean(),
});

export const imageSchema = z.object({
  id: z.string(),
  status: imageStatusSchema,
  errorCode: z.string().nullable(),
  /** ModelScope's own words of a failure, where they help. */
  errorText: z.string().nullable(),
  /** ModelScope has it: its outcome can be asked for again. */
  canCheck: z.boolean(),
  model: z.string(),
  prompt: z.string(),
  parameters: z.object(imageParamShape),
  uploads: z.array(z.string()),
  /** The seed that ModelScope's task record names. */
  usedSeed: z.number().nullable(),
  timeTakenMs: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  mediaType: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** When ModelScope took it; the time before, it waited here. */
  submittedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  shared: z.boolean(),
  isFavourite: z.boolean(),
  /** The first picture of the same click, and the place among them. */
  batchId: z.string(),
  batchIndex: z.number(),
  /** Where it is a cell of a grid: which grid, and its place in it. */
  gridId: z.string().nullable(),
  gridCell: z.number().nullable(),
});
export type ImageView = z.infer<typeof imageSchema>;

export const imageAnswerSchema = z.object({ image: imageSchema });
/** The first picture of an order, and all of them. */
export const imageOrderSchema = z.object({ image: imageSchema, images: z.array(imageSchema) });
export type ImageOrderAnswer = z.infer<typeof imageOrderSchema>;
export const imageListSchema = z.object({
  images: z.array(imageSchema),
  nextCursor: z.string().nullable(),
});
export const imageCountsSchema = z.object({
  all: z.number(),
  active: z.number(),
  favourite: z.number(),
  attention: z.number(),
});
export type ImageCounts = z.infer<typeof imageCountsSchema>;
export type ImageList = z.infer<typeof imageListSchema>;
