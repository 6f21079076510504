import { z } from "zod";
import { gridPlanSchema } from "../image-grid";
import { imageSchema } from "./image";

/** Magicubes that may be spent by this click; cells past it stay to be made. Absent = all of them. */
const budgetSchema = z.number().positive().max(10_000).optional();

export const createGridBodySchema = z.strictObject({
  ...gridPlanSchema.shape,
  budget: budgetSchema,
});
export type CreateGridBody = z.infer<typeof createGridBodySchema>;

export const runGridBodySchema = z.strictObject({ budget: budgetSchema });
export type RunGridBody = z.infer<typeof runGridBodySchema>;

export const gridSchema = z.object({
  id: z.string(),
  plan: gridPlanSchema,
  createdAt: z.iso.datetime(),
  /** At most one a cell: the one that counts, else the last that was tried. */
  images: z.array(imageSchema),
  /** Cells without a picture that is made or on its way, and what they cost, if known, in Magicubes. */
  missing: z.array(z.number()),
  missingPrice: z.number().nullable(),
});
export type GridView = z.infer<typeof gridSchema>;
