import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Upload } from "@/lib/shared/schemas/upload";
import { now } from "../clock";
import { newFileSuffix, sha256Hex } from "../crypto/random";
import { findUpload, findUploads, insertUpload, sumUploadBytes } from "../db/uploads";
import { getSettings } from "../env";
import { deleteFile, putFile, readFile } from "../storage/files";
import { reencodePicture } from "../storage/picture";
import { limitRate } from "./rate-limit";

/** Each upload is decoded, which costs. */
const UPLOADS = { max: 60, windowSeconds: 60 };

async function requireRoom({ userId }: Actor): Promise<void> {
  await limitRate(`upload:${userId}`, UPLOADS);
  const used = await sumUploadBytes(userId);
  if (used >= getSettings().MAX_USER_UPLOAD_BYTES) throw new AppError("uploads_full");
}

/**
 * Stores a picture of the user's, decoded and encoded anew, so that neither metadata nor anything
 * else of the file survives. Throws `unsupported_picture` for what is no PNG, JPEG or WebP,
 * `too_many_requests` past sixty a minute, `uploads_full`.
 */
export async function storeUpload(actor: Actor, bytes: Uint8Array): Promise<Upload> {
  await requireRoom(actor);
  const picture = await reencodePicture(bytes);
  const id = newId("upload");
  const storageKey = `uploads/${id}_${newFileSuffix()}.${picture.format}`;
  const { mediaType, width, height } = picture;
  const sizeBytes = picture.bytes.byteLength;
  await putFile(storageKey, picture.bytes);
  const sha256 = sha256Hex(picture.bytes);
  const row = { id, mediaType, width, height, sizeBytes, sha256, storageKey, createdAt: now() };
  try {
    const { MAX_USER_UPLOAD_BYTES } = getSettings();
    if (!(await insertUpload(actor.userId, row, MAX_USER_UPLOAD_BYTES))) {
      throw new AppError("uploads_full");
    }
  } catch (error) {
    await deleteFile(storageKey);
    throw error;
  }
  return { id, width, height, sizeBytes };
}

/** The bytes of an upload. Throws `not_found`. */
export async function readUploadFile({ userId }: Actor, id: string) {
  const row = await findUpload(userId, id);
  const file = row && (await readFile(row.storageKey));
  if (!file) throw new AppError("not_found");
  return { ...file, mediaType: row.mediaType };
}

/** Throws `not_found` unless every id is an upload of the user's. */
export async function requireUploads({ userId }: Actor, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await findUploads(userId, [...ids]);
  const areAll = ids.every((id) => rows.some((upload) => upload.id === id));
  if (!areAll) throw new AppError("not_found");
}

/** A picture as a data URL; null where its file is gone. */
export async function readDataUrl({
  storageKey,
  mediaType,
}: {
  storageKey: string;
  mediaType: string;
}): Promise<string | null> {
  const file = await readFile(storageKey);
  if (!file) return null;
  const bytes = Buffer.from(await new Response(file.body).arrayBuffer());
  return `data:${mediaType};base64,${bytes.toString("base64")}`;
}

/** The user's pictures as data URLs, in the order of `ids`. Throws `not_found` where one is missing. */
export async function readDataUrls(userId: UserId, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await findUploads(userId, [...ids]);
  return Promise.all(
    ids.map(async (id) => {
      const row = rows.find((upload) => upload.id === id);
      const url = row && (await readDataUrl(row));
      if (!url) throw new AppError("not_found");
      return url;
    }),
  );
}
