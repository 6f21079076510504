import { z } from "zod";
import { idSchema } from "../ids";

export const uploadParamsSchema = z.strictObject({ id: idSchema });

/** A picture of the user's; sides in pixels, after turning it upright. */
export const uploadSchema = z.object({
  id: z.string(),
  width: z.number(),
  height: z.number(),
  sizeBytes: z.number(),
});
export type Upload = z.infer<typeof uploadSchema>;
