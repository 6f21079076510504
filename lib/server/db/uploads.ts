import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

const UPLOAD = {
  id: true,
  mediaType: true,
  width: true,
  height: true,
  sizeBytes: true,
  storageKey: true,
} as const;

type NewUpload = {
  id: string;
  mediaType: string;
  width: number;
  height: number;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  createdAt: Date;
};

/**
 * Writes an upload while those of the user stay below `maxBytes` with it; false where they would not,
 * also of many at once: the user's row is held while they are summed.
 */
export async function insertUpload(
  userId: UserId,
  upload: NewUpload,
  maxBytes: number,
): Promise<boolean> {
  const { id, mediaType, width, height, sizeBytes, sha256, storageKey, createdAt } = upload;
  const db = getDb();
  const [, count] = await db.$transaction([
    db.$queryRaw`select id from "User" where id = ${userId} for update`,
    db.$executeRaw`
      insert into "Upload" (id, "userId", "mediaType", width, height, "sizeBytes", sha256, "storageKey", "createdAt")
      select ${id}, ${userId}, ${mediaType}, ${width}, ${height}, ${sizeBytes}, ${sha256}, ${storageKey}, ${createdAt}
      where (select coalesce(sum("sizeBytes"), 0) from "Upload" where "userId" = ${userId}) + ${sizeBytes} <= ${maxBytes}`,
  ]);
  return count === 1;
}

export function findUpload(userId: UserId, id: string) {
  return getDb().upload.findFirst({ where: { id, userId }, select: UPLOAD });
}

/** Bytes of all uploads of a user. */
export async function sumUploadBytes(userId: UserId): Promise<number> {
  const { _sum } = await getDb().upload.aggregate({ where: { userId }, _sum: { sizeBytes: true } });
  return _sum.sizeBytes ?? 0;
}

/** Those of the user among `ids`, in no particular order. */
export function findUploads(userId: UserId, ids: string[]) {
  return getDb().upload.findMany({ where: { userId, id: { in: ids } }, select: UPLOAD });
}

/** What says that an upload is still named: by a message, a picture or a grid. */
const UNUSED = `not exists (select from "Message" m where m."uploadIds" @> array[u.id])
  and not exists (select from "Image" i where i."userId" = u."userId" and u.id = any(i."uploadIds"))
  and not exists (select from "ImageGrid" g where g."userId" = u."userId"
                    and g.plan->'order'->'uploads' ? u.id)`;

/**
 * Deletes those of `ids` that nothing names any more; answers the keys of their
 * files.
 */
export async function deleteUnusedUploads(userId: UserId, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await queryNamed<{ storageKey: string }>(
    "delete-unused-uploads",
    `delete from "Upload" u
     where u."userId" = $1 and u.id = any($2)
       and ${UNUSED}
     returning u."storageKey"`,
    [userId, ids],
  );
  return rows.map(({ storageKey }) => storageKey);
}

/** The pictures that the messages of a conversation name. */
export async function findConversationUploads(
  userId: UserId,
  conversationId: string,
): Promise<string[]> {
  const rows = await queryNamed<{ id: string }>(
    "find-conversation-uploads",
    `select distinct unnest("uploadIds") as id from "Message"
     where "conversationId" = $2 and "userId" = $1`,
    [userId, conversationId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes uploads of a span of time that nothing names, at most `count`; answers the keys of their files.
 */
export async function deleteStaleUploads(
  { from, before }: { from: Date; before: Date },
  count: number,
): Promise<string[]> {
  const rows = await queryNamed<{ storageKey: string }>(
    "delete-stale-uploads",
    `delete from "Upload" where id in (
       select u.id from "Upload" u
       where u."createdAt" >= $3 and u."createdAt" < $1 and ${UNUSED} limit $2
     ) returning "storageKey"`,
    [before, count, from],
  );
  return rows.map(({ storageKey }) => storageKey);
}
