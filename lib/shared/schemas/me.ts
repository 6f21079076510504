import { z } from "zod";
import { LOCALES, THEMES } from "../locales";

const roleSchema = z.enum(["administrator", "member", "viewer"]);

export const meSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  locale: z.enum(LOCALES).nullable(),
});

/** `null` follows the browser (language) or the system (theme) again. */
export const updateMeBodySchema = z.strictObject({
  locale: z.enum(LOCALES).nullable().optional(),
  theme: z.enum(THEMES).nullable().optional(),
  /** Whether a model gives new conversations their titles; each is a call of its own. */
  autoTitles: z.boolean().optional(),
});
export type UpdateMeBody = z.infer<typeof updateMeBodySchema>;
