import { z } from "zod";
import { modelIdSchema } from "./model";
import { siteSchema } from "./token";

/** `answer` asks for the fourth light too, which costs one call; `model` names who is to answer. */
export const tokenCheckBodySchema = z
  .strictObject({ answer: z.boolean().optional(), model: modelIdSchema.optional() })
  .default({});
export type TokenCheckBody = z.infer<typeof tokenCheckBodySchema>;

/** The four lights, in the order in which they are checked. */
export const LIGHTS = ["known", "account", "credits", "answer"] as const;
export type LightKey = (typeof LIGHTS)[number];

/** Why a light is not green. Its sentence and the page that mends it: `doctor.reason.<reason>`. */
const reasonSchema = z.enum([
  "none",
  "needs_reentry",
  "wrong",
  "deleted",
  "unbound",
  "unverified",
  "empty",
  "rate_limited",
  "unreachable",
  "service_down",
  "balance_unknown",
  "model_unavailable",
  "no_answer",
]);
export type LightReason = z.infer<typeof reasonSchema>;

const lightSchema = z.object({
  key: z.enum(LIGHTS),
  /** `unknown`: could not be found out, which is no verdict. */
  state: z.enum(["ok", "failed", "unknown", "not_tested"]),
  reason: reasonSchema.nullable(),
  /** ModelScope's own words, where it said any. */
  text: z.string().nullable(),
  ms: z.number().nullable(),
});
export type TokenLight = z.infer<typeof lightSchema>;

export const tokenReportSchema = z.object({
  lights: z.array(lightSchema),
  site: siteSchema,
  accountName: z.string().nullable(),
  /** Magicubes; null = not known. */
  available: z.number().nullable(),
  held: z.number().nullable(),
  /** Who would answer for the fourth light, and what that costs in Magicubes. */
  offer: z.object({ model: z.string(), price: z.number().nullable() }),
  checkedAt: z.iso.datetime(),
});
export type TokenReport = z.infer<typeof tokenReportSchema>;
