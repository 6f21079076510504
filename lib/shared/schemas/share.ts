import { z } from "zod";
import type { ImageParameters } from "../image-params";

export const SHARE_DEFAULT_DAYS = 30;

/** `expiresInDays: null` = never. */
export const createShareBodySchema = z.strictObject({
  expiresInDays: z.int().min(1).max(365).nullable().optional(),
  showPrompt: z.boolean().optional(),
});
export type CreateShareBody = z.infer<typeof createShareBodySchema>;

/** `active: false` with `url: null` where the picture is not shared. */
export const shareStateSchema = z.object({
  active: z.boolean(),
  url: z.url().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  showPrompt: z.boolean(),
  viewCount: z.number(),
});
export type ShareState = z.infer<typeof shareStateSchema>;

/** 256 random bits in base64url behind a prefix that secret scanners can find. */
export const shareSlugSchema = z.string().regex(/^msps_[A-Za-z0-9_-]{43}$/);

/** Loose on purpose: an address of the wrong form is answered like one that never was. */
export const shareParamsSchema = z.strictObject({ slug: z.string().max(200) });

/** What a visitor sees: nothing of the owner, the recipe only where the owner shows it. */
export type PublicShare = {
  width: number;
  height: number;
  expiresAt: string | null;
  recipe: {
    prompt: string;
    model: string;
    parameters: ImageParameters;
    usedSeed: number | null;
    createdAt: string;
  } | null;
};
