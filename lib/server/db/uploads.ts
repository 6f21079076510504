import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

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
