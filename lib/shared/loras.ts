import { z } from "zod";

/** ModelScope's documentation, 2026-08: at most six, and the weights of several sum to 1. */
export const MAX_LORAS = 6;
const SUM_TOLERANCE = 0.001;

export const loraIdSchema = z
  .string()
  .max(200)
  .regex(/^[\w.-]+\/[\w.-]+$/, { error: "validation.loraId" });

const loraSchema = z.strictObject({
  id: loraIdSchema,
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

/** Weights are kept in whole hundredths, which sum up exactly. */
const PARTS = 100;

/** Whole parts in the proportion of `shares`, at least one each, that sum to `total`. */
function divide(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  const parts = shares.map((share) =>
    Math.max(1, Math.floor((total * (sum > 0 ? share : 1)) / (sum > 0 ? sum : shares.length))),
  );
  // What rounding left over, or took too much, falls on the largest.
  const largest = parts.indexOf(Math.max(...parts));
  const rest = total - parts.reduce((all, part) => all + part, 0);
  return parts.map((part, index) => (index === largest ? part + rest : part));
}

const withParts = (loras: readonly Lora[], parts: readonly number[]): Lora[] =>
  loras.map(({ id }, index) => ({ id, weight: (parts[index] ?? 1) / PARTS }));

/** The same LoRAs with equal weights that sum to 1. */
export function evenOut(loras: readonly Lora[]): Lora[] {
  return withParts(
    loras,
    divide(
      PARTS,
      loras.map(() => 1),
    ),
  );
}

/** One weight set, the others moved in their proportion so that all sum to 1. */
export function balance(loras: readonly Lora[], index: number, weight: number): Lora[] {
  const others = loras.length - 1;
  if (others < 1) return loras.map(({ id }) => ({ id, weight: 1 }));
  const own = Math.min(PARTS - others, Math.max(1, Math.round(weight * PARTS)));
  const shares = loras.filter((_lora, at) => at !== index).map((lora) => lora.weight);
  const parts = divide(PARTS - own, shares);
  return withParts(loras, [...parts.slice(0, index), own, ...parts.slice(index)]);
}

/**
 * The `loras` field: the id alone for one, a map of weights for several. A list is refused by
 * ModelScope with 400, a map with one entry with 500 (measured by others, 2026-09-09).
 */
export function toWireLoras(loras: readonly Lora[]): string | Record<string, number> {
  const [first] = loras;
  if (first && loras.length === 1) return first.id;
  return Object.fromEntries(loras.map(({ id, weight }) => [id, weight]));
}
