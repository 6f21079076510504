import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { DAY_MS } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import {
  type CreateShareBody,
  SHARE_DEFAULT_DAYS,
  type ShareList,
  type ShareState,
} from "@/lib/shared/schemas/share";
import { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { newSecretText, sha256Hex } from "../crypto/random";
import { open, seal } from "../crypto/sealed";
import { findImage } from "../db/images";
import {
  findLiveShareLink,
  findLiveShareLinks,
  replaceShareLink,
  revokeShareLinks,
  type ShareLinkRow,
} from "../db/share-links";
import { findUserId } from "../db/users";
import { getSettings } from "../env";
import { logInfo } from "../log";
import { audit } from "./audit";

/** The owner's list is one page; a member with more links than this sees the newest. */
const MAX_LISTED = 500;

const NOT_SHARED: ShareState = {
  active: false,
  url: null,
  expiresAt: null,
  showPrompt: false,
  showParameters: false,
  viewCount: 0,
  maxViews: null,
};

async function requireFinished(actor: Actor, imageId: string): Promise<void> {
  const image = await findImage(actor.userId, imageId);
  if (image?.status !== "done") throw new AppError("not_found");
}

/** The address is opened for its owner only; null where the key it was sealed with is gone. */
function toState({ id, userId, sealedSlug, ...link }: ShareLinkRow): Omit<ShareState, "active"> {
  const slug = open(sealedSlug, { purpose: "share-slug", userId, rowId: id });
  return {
    url: slug ? `${getSettings().APP_URL}/s/${slug.reveal()}` : null,
    expiresAt: link.expiresAt?.toISOString() ?? null,
    showPrompt: link.showPrompt,
    showParameters: link.showParameters,
    viewCount: link.viewCount,
    maxViews: link.maxViews,
  };
}

/** Whether and how a picture is shared. Throws `not_found`. */
export async function getShareState(actor: Actor, imageId: string): Promise<ShareState> {
  await requireFinished(actor, imageId);
  const link = await findLiveShareLink(actor.userId, imageId, now());
  return link ? { active: true, ...toState(link) } : NOT_SHARED;
}

/** Everything of the caller's that somebody with a link can see now. */
export async function listShares(actor: Actor): Promise<ShareList> {
  const links = await findLiveShareLinks(actor.userId, now(), MAX_LISTED);
  return {
    shares: links.map(({ image, ...link }) => ({
      ...toState(link),
      imageId: link.imageId,
      prompt: image.prompt,
      createdAt: link.createdAt.toISOString(),
    })),
  };
}

/** Makes a new address for a picture; one from before dies in the same transaction. Throws `not_found`. */
export async function shareImage(
  actor: Actor,
  imageId: string,
  {
    expiresInDays = SHARE_DEFAULT_DAYS,
    maxViews = null,
    showPrompt = false,
    showParameters = false,
  }: CreateShareBody,
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
    showParameters,
    maxViews,
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

/**
 * Ends every link of a member at once, for an administrator, who sees neither the links nor their
 * pictures. Throws `not_found` where there is no such member.
 */
export async function revokeMemberShares(actor: Actor, memberId: string): Promise<void> {
  const { userId } = actor;
  const member = await findUserId(memberId);
  if (!member) throw new AppError("not_found");
  await audit(actor, "shares.revoke", memberId);
  await revokeShareLinks(member, null, now());
  logInfo("shares revoked by an administrator", { userId, memberId });
}

/** Ends every link of the caller at once. */
export async function revokeAllShares(actor: Actor): Promise<void> {
  await revokeShareLinks(actor.userId, null, now());
}
