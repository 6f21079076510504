import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

const STATE = {
  id: true,
  userId: true,
  sealedSlug: true,
  expiresAt: true,
  showPrompt: true,
  viewCount: true,
} as const;

/** The newest link of a picture that is neither revoked nor expired. */
export function findLiveShareLink(userId: UserId, imageId: string, at: Date) {
  return getDb().shareLink.findFirst({
    where: {
      imageId,
      userId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: at } }],
    },
    orderBy: { createdAt: "desc" },
    select: STATE,
  });
}

/** Puts a new link in the place of all before: those are revoked in the same transaction. */
export async function replaceShareLink(
  userId: UserId,
  link: {
    id: string;
    imageId: string;
    slugHash: string;
    sealedSlug: string;
    showPrompt: boolean;
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

export async function revokeShareLinks(userId: UserId, imageId: string, at: Date): Promise<void> {
  await getDb().shareLink.updateMany({
    where: { imageId, userId, revokedAt: null },
    data: { revokedAt: at },
  });
}

export type PublicShareRow = {
  id: string;
  showPrompt: boolean;
  expiresAt: Date | null;
  model: string;
  prompt: string;
  parameters: unknown;
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
    `select l.id, l."showPrompt", l."expiresAt", i.model, i.prompt, i.parameters, i."usedSeed",
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

export async function countShareView(id: string): Promise<void> {
  await queryNamed(
    "count-share-view",
    `update "ShareLink" set "viewCount" = "viewCount" + 1 where id = $1`,
    [id],
  );
}
