import { z } from "zod";
import { idSchema } from "../ids";

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

/** A limit as it was typed: nothing is none; a comma and wide digits are taken for what they mean. */
export function readLimit(text: string): number | null {
  const plain = text.normalize("NFKC").trim().replace(",", ".");
  return plain === "" ? null : Number(plain);
}
