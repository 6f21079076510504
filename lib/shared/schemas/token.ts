import { z } from "zod";

const TOKEN_MAX_LENGTH = 2048;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isKnownForm(token: string): boolean {
  if (token.startsWith("ms_oauth")) return token.length > "ms_oauth".length;
  return UUID.test(token.startsWith("ms-") ? token.slice(3) : token);
}

/** What people copy along with a token: blanks, quotes, the word of the header. */
function toBareToken(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/s, "$2")
    .replace(/^bearer\s+(?=\S)/i, "")
    .trim();
}

/**
 * A ModelScope access token in one of its three forms: `ms-` and a UUID, a bare UUID, `ms_oauth…`.
 * Blanks, quotes and "Bearer" around it are dropped; each refusal has its own text.
 */
const tokenValueSchema = z
  .string()
  .overwrite(toBareToken)
  .min(1, { error: "validation.tokenBlank", abort: true })
  .max(TOKEN_MAX_LENGTH, { error: "validation.tokenLong", abort: true })
  .regex(/^[\x21-\x7e]+$/, { error: "validation.tokenCharacters", abort: true })
  .refine((token) => !/^(bearer|sk-)/i.test(token), {
    error: "validation.tokenOtherProvider",
    abort: true,
  })
  .refine(isKnownForm, { error: "validation.tokenForm" });

export const siteSchema = z.enum(["cn", "ai"]);
/** modelscope.cn or modelscope.ai: separate accounts, tokens and models. */
export type Site = z.infer<typeof siteSchema>;

export const putTokenBodySchema = z.strictObject({
  token: tokenValueSchema,
  site: siteSchema.optional(),
});

export const tokenStatusSchema = z.object({
  /** `unchecked`: stored, but the site could not be asked. */
  state: z.enum(["none", "unchecked", "valid", "invalid", "needs_reentry"]),
  last4: z.string().nullable(),
  site: siteSchema.nullable(),
  keyId: z.string().nullable(),
  createdAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  accountName: z.string().nullable(),
});
export type TokenStatus = z.infer<typeof tokenStatusSchema>;

/** Whether there is a token that a call can be made with, good or not. */
export const hasToken = ({ state }: Pick<TokenStatus, "state">): boolean =>
  state !== "none" && state !== "needs_reentry";
