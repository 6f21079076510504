import "server-only";
import { AppError } from "@/lib/shared/errors";
import { type PublicShare, type ShareVisit, shareSlugSchema } from "@/lib/shared/schemas/share";
import { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { open, type SealContext, seal } from "../crypto/sealed";
import { countShareView, findPublicShare, type PublicShareRow } from "../db/share-links";
import { readFile } from "../storage/files";
import { toSocialPreview } from "../storage/social-preview";
import type { StoredFile } from "../storage/store";
import { toParameters } from "./image-view";
import { limitRate } from "./rate-limit";

/** How long one view of a link with a limit lasts: to look, to sign in, to take the recipe along. */
const PASS_MS = 30 * 60_000;

/** Addresses that lead nowhere, of all visitors together; live links are never held back. */
const MISSES = { max: 300, windowSeconds: 60 };

type Address = { slug: string; pass?: string | undefined };

const contextOf = ({ id, userId }: PublicShareRow): SealContext => ({
  purpose: "share-view",
  userId,
  rowId: id,
});

function isAdmitted(row: PublicShareRow, pass: string | undefined): boolean {
  if (row.maxViews === null) return true;
  const until = pass && open(pass, contextOf(row));
  return until ? Number(until.reveal()) > now().getTime() : false;
}

const viewsLeftOf = ({ maxViews, viewCount }: PublicShareRow) =>
  maxViews === null ? Number.POSITIVE_INFINITY : Math.max(0, maxViews - viewCount);

/**
 * The live link behind an address; null for revoked, expired, used up and unknown alike. Throws
 * `too_many_requests` when addresses are being guessed.
 */
async function findLink({ slug, pass }: Address) {
  const parsed = shareSlugSchema.safeParse(slug);
  const row = parsed.success ? await findPublicShare(sha256Hex(parsed.data)) : null;
  const isOpen = row !== null && isAdmitted(row, pass);
  if (row && (isOpen || viewsLeftOf(row) > 0)) return { row, isOpen };
  await limitRate("share-miss", MISSES);
  return null;
}

/** The link for one who may see its picture. Throws `not_found`, `too_many_requests`. */
async function requireOpenLink(address: Address): Promise<PublicShareRow> {
  const link = await findLink(address);
  if (!link?.isOpen) throw new AppError("not_found");
  return link.row;
}

function toPublicShare(row: PublicShareRow): PublicShare {
  const { negativePrompt, ...parameters } = toParameters(row.parameters);
  return {
    width: row.width,
    height: row.height,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    words: row.showPrompt ? { prompt: row.prompt, negativePrompt: negativePrompt ?? null } : null,
    settings: row.showParameters
      ? {
          model: row.model,
          parameters,
          usedSeed: row.usedSeed,
          inputCount: row.uploadIds.length,
        }
      : null,
  };
}

/**
 * What stands behind a public address; null for revoked, expired, used up and unknown alike. A link
 * without a limit counts what loads it as a visitor; one with a limit is opened by
 * {@link openShareView} and counted there, so that a preview or a prefetch uses nothing up.
 */
export async function visitShare(address: Address, isVisitor: boolean): Promise<ShareVisit | null> {
  const link = await findLink(address).catch((error) => {
    // A page has one face for everything that leads nowhere.
    if (error instanceof AppError && error.code === "too_many_requests") return null;
    throw error;
  });
  if (!link) return null;
  const { row, isOpen } = link;
  if (!isOpen) return { isOpen, viewsLeft: viewsLeftOf(row) };
  if (isVisitor && row.maxViews === null) await countShareView(row.id);
  return { isOpen, share: toPublicShare(row), hasPreview: row.maxViews === null };
}

/**
 * Uses up one view of a link with a limit and answers the pass by which page and bytes know it for
 * half an hour. Throws `not_found`, `too_many_requests`.
 */
export async function openShareView(slug: string): Promise<string> {
  const link = await findLink({ slug });
  if (!link || !(await countShareView(link.row.id))) throw new AppError("not_found");
  return seal(new Secret(String(now().getTime() + PASS_MS)), contextOf(link.row));
}

/** The bytes behind a public address. Throws `not_found`, `too_many_requests`. */
export async function readPublicShareFile(
  address: Address,
): Promise<StoredFile & { mediaType: string }> {
  const { storageKey, mediaType } = await requireOpenLink(address);
  const file = await readFile(storageKey);
  if (!file) throw new AppError("not_found");
  return { ...file, mediaType };
}

/** A preview is decoded and drawn for each who asks; chats and social sites ask once. */
const PREVIEWS = { max: 20, windowSeconds: 60 };

/**
 * The preview for chats and social sites, 1200 × 630 px. A link with a limit has none: it would show
 * the picture without counting. Throws `not_found`, `too_many_requests`.
 */
export async function renderSharePreview(slug: string): Promise<Uint8Array> {
  const { id, storageKey, maxViews } = await requireOpenLink({ slug });
  await limitRate(`share-preview:${id}`, PREVIEWS);
  const file = maxViews === null ? await readFile(storageKey) : null;
  if (!file) throw new AppError("not_found");
  return toSocialPreview(new Uint8Array(await new Response(file.body).arrayBuffer()));
}
