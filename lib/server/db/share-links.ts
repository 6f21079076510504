import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

const STATE = {
  id: true,
  userId: true,
  imageId: true,
  sealedSlug: true,
  expiresAt: true,
  showPrompt: true,
  showParameters: true,
  viewCount: true,
  maxViews: true,
  createdAt: true,
} as const;

const isLive = (at: Date) => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
});

/** The newest link of a picture that is neither revoked nor expired. */
export function findLiveShareLink(userId: UserId, imageId: string, at: Date) {
  return getDb().shareLink.findFirst({
    where: { imageId, userId, ...isLive(at) },
    orderBy: { createdAt: "desc" },
    select: STATE,
  });
}

/** All links of a user that are neither revoked nor expired, newest first. */
export function findLiveShareLinks(userId: UserId, at: Date, take: number) {
  return getDb().shareLink.findMany({
    where: { userId, ...isLive(at) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    select: { ...STATE, image: { select: { prompt: true } } },
  });
}
export type ShareLinkRow = NonNullable<Awaited<ReturnType<typeof findLiveShareLink>>>;

/** Puts a new link in the place of all before: those are revoked in the same transaction. */
export async function replaceShareLink(
  userId: UserId,
  link: {
    id: string;
    imageId: string;
    slugHash: string;
    sealedSlug: string;
    showPrompt: boolean;
    showParameters: boolean;
    maxViews: number | null;
    expiresAt: Date | null;
    createdAt: Date;
  },
): Promise<void> {
  const db = getDb();
  await db.$transaction([
    db.shareLink.updateMany({
      where: { imageId: link.imageId, userId, revokedAt: null },
      data: { revokedAt: link.createdAt },
    }),
    db.shareLink.create({ data: { ...link, userId }, select: { id: true } }),
  ]);
}

/** Ends the links of one picture, or of all. */
export async function revokeShareLinks(
  userId: UserId,
  imageId: string | null,
  at: Date,
): Promise<void> {
  await getDb().shareLink.updateMany({
    where: { userId, revokedAt: null, ...(imageId && { imageId }) },
    data: { revokedAt: at },
  });
}

export type PublicShareRow = {
  id: string;
  userId: UserId;
  showPrompt: boolean;
  showParameters: boolean;
  expiresAt: Date | null;
  viewCount: number;
  maxViews: number | null;
  model: string;
  prompt: string;
  parameters: unknown;
  uploadIds: string[];
  usedSeed: number | null;
  width: number;
  height: number;
  mediaType: string;
  storageKey: string;
  createdAt: Date;
};

/** The finished picture behind a live link of an enabled user; null in every other case. */
export async function findPublicShare(slugHash: string): Promise<PublicShareRow | null> {
  const [row] = await queryNamed<PublicShareRow>(
    "find-public-share",
    `select l.id, l."userId", l."showPrompt", l."showParameters", l."expiresAt", l."viewCount",
            l."maxViews", i.model, i.prompt, i.parameters, i."uploadIds", i."usedSeed",
            i."fileWidth" as width, i."fileHeight" as height, i."mediaType", i."storageKey",
            i."createdAt"
     from "ShareLink" l
       join "Image" i on i.id = l."imageId" and i."userId" = l."userId"
       join "User" u on u.id = l."userId"
     where l."slugHash" = $1 and l."revokedAt" is null
       and (l."expiresAt" is null or l."expiresAt" > now())
       and i.status = 'done' and u."disabledAt" is null`,
    [slugHash],
  );
  return row ?? null;
}

/** Counts one view; false where a limit is reached, of twenty at once too. */
export async function countShareView(id: string): Promise<boolean> {
  const rows = await queryNamed(
    "count-share-view",
    `update "ShareLink" set "viewCount" = "viewCount" + 1
     where id = $1 and ("maxViews" is null or "viewCount" < "maxViews") returning id`,
    [id],
  );
  return rows.length > 0;
}
