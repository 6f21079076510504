import { z } from "zod";
import { idSchema } from "../ids";
import type { ImageParameters } from "../image-params";

export const SHARE_DEFAULT_DAYS = 30;

/** `expiresInDays: null` = never, `maxViews: null` = as often as one likes. */
export const createShareBodySchema = z.strictObject({
  expiresInDays: z.int().min(1).max(365).nullable().optional(),
  maxViews: z.int().min(1).max(10_000).nullable().optional(),
  showPrompt: z.boolean().optional(),
  showParameters: z.boolean().optional(),
});
export type CreateShareBody = z.infer<typeof createShareBodySchema>;

/** `active: false` with `url: null` where the picture is not shared. */
export const shareStateSchema = z.object({
  active: z.boolean(),
  url: z.url().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  showPrompt: z.boolean(),
  showParameters: z.boolean(),
  viewCount: z.number(),
  maxViews: z.number().nullable(),
});
export type ShareState = z.infer<typeof shareStateSchema>;

/** The owner's links that are neither revoked nor expired, newest first. */
export const shareListSchema = z.object({
  shares: z.array(
    shareStateSchema.omit({ active: true }).extend({
      imageId: z.string(),
      prompt: z.string(),
      createdAt: z.iso.datetime(),
    }),
  ),
});
export type ShareList = z.infer<typeof shareListSchema>;

/** 256 random bits in base64url behind a prefix that secret scanners can find. */
export const shareSlugSchema = z.string().regex(/^msps_[A-Za-z0-9_-]{43}$/);

/** Loose on purpose: an address of the wrong form is answered like one that never was. */
export const shareParamsSchema = z.strictObject({ slug: z.string().max(200) });

/** The member whose links an administrator ends. */
export const memberParamsSchema = z.strictObject({ id: idSchema });

/** What whoever opened a link with a limit shows again: see `openShareView`. */
export const sharePassSchema = z.string().max(400);
export const shareQuerySchema = z.object({ pass: sharePassSchema.optional() });

/** What chats and social sites show of a link, in px. */
export const PREVIEW = { width: 1200, height: 630 } as const;

/** What a visitor sees: nothing of the owner, each part of the recipe only where the owner shows it. */
export type PublicShare = {
  width: number;
  height: number;
  expiresAt: string | null;
  createdAt: string;
  words: { prompt: string; negativePrompt: string | null } | null;
  settings: {
    model: string;
    /** Without the words. */
    parameters: ImageParameters;
    usedSeed: number | null;
    /** How many pictures of the owner's went in; those are never shown. */
    inputCount: number;
  } | null;
};

/** A link as it stands for one visitor: counted links are opened by a click, not by being loaded. */
export type ShareVisit =
  | { isOpen: true; share: PublicShare; hasPreview: boolean }
  | { isOpen: false; viewsLeft: number };
