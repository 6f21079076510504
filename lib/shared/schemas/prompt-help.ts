import { z } from "zod";
import { freeText } from "../clean-text";
import { PROMPT_MAX_LENGTH } from "../image-params";

/** `translate` changes the language alone; `improve` adds what a picture needs. */
export const PROMPT_HELPS = ["translate", "improve"] as const;
export type PromptHelp = (typeof PROMPT_HELPS)[number];

export const promptHelpBodySchema = z.strictObject({
  kind: z.enum(PROMPT_HELPS),
  prompt: freeText().trim().min(1).max(PROMPT_MAX_LENGTH),
});

export const promptHelpSchema = z.object({
  /** Never longer than a prompt may be. */
  prompt: z.string(),
  /** Who wrote it, and what that cost; null where it is not known. */
  model: z.string(),
  price: z.number().nullable(),
});
