import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Upload } from "@/lib/shared/schemas/upload";
import { now } from "../clock";
import { newFileSuffix, sha256Hex } from "../crypto/random";
import { findUpload, findUploads, insertUpload } from "../db/uploads";
import { putFile, readFile } from "../storage/files";
import { reencodePicture } from "../storage/picture";

/**
 * Stores a picture of the user's, decoded and encoded anew, so that neither metadata nor anything
 * else of the file survives. Throws `unsupported_picture` for what is no PNG, JPEG or WebP.
 */
export async function storeUpload({ userId }: Actor, bytes: Uint8Array): Promise<Upload> {
  const picture = await reencodePicture(bytes);
  const id = newId("upload");
  const storageKey = `uploads/${id}_${newFileSuffix()}.${picture.format}`;
  const { mediaType, width, height } = picture;
  const sizeBytes = picture.bytes.byteLength;
  await putFile(storageKey, picture.bytes);
  const sha256 = sha256Hex(picture.bytes);
  const createdAt = now();
  await insertUpload(userId, {
    id,
    mediaType,
    width,
    height,
    sizeBytes,
    sha256,
    storageKey,
    createdAt,
  });
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

/** The user's pictures as data URLs, in the order of `ids`. Throws `not_found` where one is missing. */
export async function readDataUrls(userId: UserId, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await findUploads(userId, [...ids]);
  return Promise.all(
    ids.map(async (id) => {
      const row = rows.find((upload) => upload.id === id);
      const file = row && (await readFile(row.storageKey));
      if (!file) throw new AppError("not_found");
      const bytes = Buffer.from(await new Response(file.body).arrayBuffer());
      return `data:${row.mediaType};base64,${bytes.toString("base64")}`;
    }),
  );
}
