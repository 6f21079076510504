import { z } from "zod";
import { freeText } from "../clean-text";

export const PASSWORD_MIN_LENGTH = 12;
const PASSWORD_MAX_LENGTH = 256;

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  // ASCII only: look-alike letters of other scripts must not make a second account.
  .regex(/^[\x21-\x3f\x41-\x7e]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: "validation.email" });

const passwordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH)
  .max(PASSWORD_MAX_LENGTH)
  .refine((password) => !isCommon(password), { error: "validation.passwordCommon" });

/** Patterns that every guessing list begins with; a longer list would cost more than it finds. */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  return (
    /^(.)\1+$/.test(plain) ||
    /^(?:0?123456789|abcdefgh|qwertyuiop|1q2w3e4r)/.test(plain) ||
    /^(?:password|passw0rd|modelscope|iloveyou|letmein|welcome|administrator)[\d!@#._-]*$/.test(
      plain,
    )
  );
}

export const setupBodySchema = z.strictObject({
  code: z.string().min(1).max(200),
  name: freeText().trim().min(1).max(100),
  email: emailSchema,
  password: passwordSchema,
});
export type SetupBody = z.infer<typeof setupBodySchema>;
