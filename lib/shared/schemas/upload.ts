import { z } from "zod";
import { idSchema } from "../ids";

export const uploadParamsSchema = z.strictObject({ id: idSchema });

/** Pictures of the user's, in order, none twice. */
export const uploadIdsSchema = (max: number) =>
  z
    .array(idSchema)
    .max(max)
    .refine((ids) => new Set(ids).size === ids.length, { error: "validation.uploadTwice" });

/** A picture of the user's; sides in pixels, after turning it upright. */
export const uploadSchema = z.object({
  id: z.string(),
  width: z.number(),
  height: z.number(),
  sizeBytes: z.number(),
});
export type Upload = z.infer<typeof uploadSchema>;
