import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { imageParamShape, PROMPT_MAX_LENGTH } from "../image-params";
import { modelIdSchema } from "./model";
import { uploadIdsSchema } from "./upload";

/** More than any family takes; each has its own limit. */
const MAX_INPUTS = 8;

export const imageParamsSchema = z.strictObject({ id: idSchema });

export const createImageBodySchema = z.strictObject({
  model: modelIdSchema,
  prompt: freeText().trim().min(1).max(PROMPT_MAX_LENGTH),
  ...imageParamShape,
  /** The user's own pictures that an edit model works on, in order. */
  uploads: uploadIdsSchema(MAX_INPUTS).min(1).optional(),
});
export type CreateImageBody = z.infer<typeof createImageBodySchema>;

export const listImagesQuerySchema = z.strictObject({ cursor: z.string().max(200).optional() });

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
export const RUNNING_IMAGE_STATUSES: readonly ImageStatus[] = [
  "new",
  "submitting",
  "submitted",
  "polling",
  "fetching",
];

const imageSchema = z.object({
  id: z.string(),
  status: imageStatusSchema,
  errorCode: z.string().nullable(),
  /** ModelScope's own words of a failure, where they help. */
  errorText: z.string().nullable(),
  model: z.string(),
  prompt: z.string(),
  parameters: z.object(imageParamShape),
  uploads: z.array(z.string()),
  /** The seed that ModelScope's task record names. */
  usedSeed: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  mediaType: z.string().nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  shared: z.boolean(),
});
export type ImageView = z.infer<typeof imageSchema>;

export const imageAnswerSchema = z.object({ image: imageSchema });
export const imageListSchema = z.object({
  images: z.array(imageSchema),
  nextCursor: z.string().nullable(),
});
export type ImageList = z.infer<typeof imageListSchema>;
