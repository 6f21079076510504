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

export async function insertUpload(
  userId: UserId,
  upload: {
    id: string;
    mediaType: string;
    width: number;
    height: number;
    sizeBytes: number;
    sha256: string;
    storageKey: string;
    createdAt: Date;
  },
): Promise<void> {
  await getDb().upload.create({ data: { ...upload, userId }, select: { id: true } });
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

/**
 * Deletes those of `ids` that no message and no picture names any more; answers the keys of their
 * files.
 */
export async function deleteUnusedUploads(userId: UserId, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await queryNamed<{ storageKey: string }>(
    "delete-unused-uploads",
    `delete from "Upload" u
     where u."userId" = $1 and u.id = any($2)
       and not exists (select from "Message" m where m."uploadIds" @> array[u.id])
       and not exists (select from "Image" i where i."userId" = $1 and u.id = any(i."uploadIds"))
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
