import { z } from "zod";
import { idSchema } from "../ids";

/** What a limit counts. */
export const MEASURES = ["calls", "credits", "pictures"] as const;

const MAX_COUNT = 1_000_000;
const countSchema = z.int().min(0).max(MAX_COUNT).nullable();
/** Magicubes in steps of a half. */
const creditsSchema = z.number().min(0).max(MAX_COUNT).multipleOf(0.5).nullable();

/** What is allowed in a ledger day; null = as much as one likes. */
export const limitsSchema = z.strictObject({
  calls: countSchema,
  credits: creditsSchema,
  pictures: countSchema,
});
export type DayLimits = z.infer<typeof limitsSchema>;

/** `team`: all together; `members`: each; an id: this member, whatever holds for the others. */
export const limitScopeSchema = z.strictObject({ scope: idSchema });

export const budgetBodySchema = z.strictObject({ credits: creditsSchema });

/** What is changed of them; the others stay. */
export const limitsBodySchema = limitsSchema.partial();
export type LimitsBody = z.infer<typeof limitsBodySchema>;

/**
 * A limit as it was typed, in wide digits too: `1,000` is a thousand, `2,5` and `2.5` are two and a half.
 * Nothing is none (null); what can be read in two ways, or in none, is no number (NaN).
 */
export function readLimit(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  if (/^\d{1,3}(,\d{3})+(\.\d)?$/.test(plain)) return Number(plain.replaceAll(",", ""));
  return /^\d+([.,]\d)?$/.test(plain) ? Number(plain.replace(",", ".")) : Number.NaN;
}
