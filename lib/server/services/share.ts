import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { DAY_MS } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import {
  type CreateShareBody,
  type PublicShare,
  SHARE_DEFAULT_DAYS,
  type ShareState,
  shareSlugSchema,
} from "@/lib/shared/schemas/share";
import { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { newSecretText, sha256Hex } from "../crypto/random";
import { open, seal } from "../crypto/sealed";
import { findImage } from "../db/images";
import {
  countShareView,
  findLiveShareLink,
  findPublicShare,
  type PublicShareRow,
  replaceShareLink,
  revokeShareLinks,
} from "../db/share-links";
import { getSettings } from "../env";
import { readFile } from "../storage/files";
import { toParameters } from "./image-view";

const NOT_SHARED: ShareState = {
  active: false,
  url: null,
  expiresAt: null,
  showPrompt: false,
  viewCount: 0,
};

const toUrl = (slug: string) => `${getSettings().APP_URL}/s/${slug}`;

async function requireFinished(actor: Actor, imageId: string): Promise<void> {
  const image = await findImage(actor.userId, imageId);
  if (image?.status !== "done") throw new AppError("not_found");
}

/** Whether and how a picture is shared. Throws `not_found`. */
export async function getShareState(actor: Actor, imageId: string): Promise<ShareState> {
  await requireFinished(actor, imageId);
  const link = await findLiveShareLink(actor.userId, imageId, now());
  if (!link) return NOT_SHARED;
  const slug = open(link.sealedSlug, {
    purpose: "share-slug",
    userId: actor.userId,
    rowId: link.id,
  });
  return {
    active: true,
    url: slug ? toUrl(slug.reveal()) : null,
    expiresAt: link.expiresAt?.toISOString() ?? null,
    showPrompt: link.showPrompt,
    viewCount: link.viewCount,
  };
}

/** Makes a new address for a picture; one from before dies in the same transaction. Throws `not_found`. */
export async function shareImage(
  actor: Actor,
  imageId: string,
  { expiresInDays = SHARE_DEFAULT_DAYS, showPrompt = false }: CreateShareBody,
): Promise<ShareState> {
  await requireFinished(actor, imageId);
  const { userId } = actor;
  const slug = `msps_${newSecretText()}`;
  const id = newId("share");
  const createdAt = now();
  await replaceShareLink(userId, {
    id,
    imageId,
    slugHash: sha256Hex(slug),
    sealedSlug: seal(new Secret(slug), { purpose: "share-slug", userId, rowId: id }),
    showPrompt,
    expiresAt:
      expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS),
    createdAt,
  });
  return getShareState(actor, imageId);
}

/** Ends the link of a picture at once. Throws `not_found`. */
export async function revokeShare(actor: Actor, imageId: string): Promise<void> {
  await requireFinished(actor, imageId);
  await revokeShareLinks(actor.userId, imageId, now());
}

async function findShare(slug: string): Promise<PublicShareRow | null> {
  const parsed = shareSlugSchema.safeParse(slug);
  return parsed.success ? findPublicShare(sha256Hex(parsed.data)) : null;
}

/** The page behind a public address, counted as a view; null for revoked, expired and unknown alike. */
export async function openPublicShare(slug: string): Promise<PublicShare | null> {
  const row = await findShare(slug);
  if (!row) return null;
  await countShareView(row.id);
  return {
    width: row.width,
    height: row.height,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    recipe: row.showPrompt
      ? {
          prompt: row.prompt,
          model: row.model,
          parameters: toParameters(row.parameters),
          usedSeed: row.usedSeed,
          createdAt: row.createdAt.toISOString(),
        }
      : null,
  };
}

/** The bytes behind a public address. Throws `not_found`. */
export async function readPublicShareFile(
  slug: string,
): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number; mediaType: string }> {
  const row = await findShare(slug);
  const file = row && (await readFile(row.storageKey));
  if (!row || !file) throw new AppError("not_found");
  return { ...file, mediaType: row.mediaType };
}
