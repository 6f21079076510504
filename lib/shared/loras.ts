import { z } from "zod";

/** ModelScope's documentation, 2026-08: at most six, and the weights of several sum to 1. */
export const MAX_LORAS = 6;
const SUM_TOLERANCE = 0.001;

const loraSchema = z.strictObject({
  id: z
    .string()
    .max(200)
    .regex(/^[\w.-]+\/[\w.-]+$/, { error: "validation.modelId" }),
  weight: z.number().gt(0).max(1),
});
export type Lora = z.infer<typeof loraSchema>;

const sumOf = (loras: readonly Lora[]) => loras.reduce((sum, { weight }) => sum + weight, 0);

/** One to six LoRAs, none twice; the weights of several sum to 1. The weight of a single one is not sent. */
export const lorasSchema = z
  .array(loraSchema)
  .min(1)
  .max(MAX_LORAS)
  .refine((loras) => new Set(loras.map(({ id }) => id)).size === loras.length, {
    error: "validation.loraTwice",
  })
  .refine((loras) => loras.length === 1 || Math.abs(sumOf(loras) - 1) <= SUM_TOLERANCE, {
    error: "validation.loraSum",
  });

/**
 * The `loras` field: the id alone for one, a map of weights for several. A list is refused by
 * ModelScope with 400, a map with one entry with 500 (measured by others, 2026-09-09).
 */
export function toWireLoras(loras: readonly Lora[]): string | Record<string, number> {
  const [first] = loras;
  if (first && loras.length === 1) return first.id;
  return Object.fromEntries(loras.map(({ id, weight }) => [id, weight]));
}
