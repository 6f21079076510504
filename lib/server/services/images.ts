import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { toHalfCredits } from "@/lib/shared/magicubes";
import { findImageFaults, findModelFault, withoutIgnored } from "@/lib/shared/models/families";
import type { CreateImageBody, ImageList, ImageView } from "@/lib/shared/schemas/image";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { fromCursor, toPage } from "../db/cursor";
import { cancelNewTask } from "../db/image-tasks";
import { deleteImage, findImage, findImageByKey, findImages, insertImage } from "../db/images";
import { logFault } from "../log";
import { requireAccepting } from "../runs/registry";
import { deleteFile, readFile } from "../storage/files";
import { requireCallable } from "./callable";
import { advanceImage, takeDueImage } from "./image-task";
import { toImageView } from "./image-view";
import { openToken } from "./token";
import { requireUploads } from "./uploads";

const PAGE_SIZE = 24;

/**
 * The picture of a key that was used before: the same for the same body, never a second submit. Null
 * for a new key.
 */
async function findEarlier(
  { userId }: Actor,
  key: string,
  bodyHash: string,
): Promise<ImageView | null> {
  const earlier = await findImageByKey(userId, key);
  if (!earlier) return null;
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  return toImageView(earlier);
}

/** The picture that a request with the same key has ordered a moment ago. */
async function findTwin(actor: Actor, key: string, bodyHash: string): Promise<ImageView> {
  const twin = await findEarlier(actor, key, bodyHash);
  if (!twin) throw new AppError("not_found");
  return twin;
}

/** Refuses, before anything is written or sent, what the model would refuse. */
function checkParameters(body: CreateImageBody): void {
  const { model, prompt: _prompt, uploads = [], ...parameters } = body;
  const modelFault = findModelFault(model, uploads.length);
  if (modelFault) throw new AppError("invalid_request", { fields: { model: modelFault } });
  const fields = findImageFaults(model, parameters);
  if (Object.keys(fields).length > 0) throw new AppError("invalid_request", { fields });
}

/**
 * Takes a picture order: written first, handed to ModelScope by the worker. The same key and body
 * answer with the same picture. Throws `invalid_request`, `not_found`, `token_missing`, `token_needs_reentry`,
 * `idempotency_mismatch`, `restarting`, `database_down`.
 */
export async function createImage(
  actor: Actor,
  body: CreateImageBody,
  idempotencyKey: string,
): Promise<ImageView> {
  requireAccepting();
  checkParameters(body);
  const bodyHash = sha256Hex(JSON.stringify(body));
  const earlier = await findEarlier(actor, idempotencyKey, bodyHash);
  if (earlier) return earlier;
  const { site } = await openToken(actor.userId);
  const { model, prompt, uploads = [], ...parameters } = body;
  await requireUploads(actor, uploads);
  const { price, kinds } = await requireCallable(actor.userId, model, site);
  if (kinds && !kinds.includes("image") && !kinds.includes("edit")) {
    throw new AppError("invalid_request", { fields: { model: { key: "modelNotImage" } } });
  }
  const createdAt = now();
  const id = newId("image");
  const isNew = await insertImage(actor.userId, {
    id,
    usageId: newId("usage"),
    idempotencyKey,
    bodyHash,
    model,
    prompt,
    parameters: withoutIgnored(model, parameters),
    uploadIds: uploads,
    kind: uploads.length > 0 ? "edit" : "image",
    priceHalfCredits: toHalfCredits(price),
    day: toLedgerDay(createdAt),
    createdAt,
  });
  if (!isNew) return findTwin(actor, idempotencyKey, bodyHash);
  void submitNow(id).catch((error) => logFault("image task", error, { imageId: id }));
  return getImage(actor, id);
}

/** The first step at once; the worker makes it where this process cannot. */
async function submitNow(id: string): Promise<void> {
  const task = await takeDueImage(id);
  if (task) await advanceImage(task);
}

/** Throws `not_found`. */
export async function getImage({ userId }: Actor, id: string): Promise<ImageView> {
  const row = await findImage(userId, id);
  if (!row) throw new AppError("not_found");
  return toImageView(row);
}

/** One page of the user's pictures, newest first. */
export async function listImages(
  { userId }: Actor,
  { cursor }: { cursor?: string | undefined },
): Promise<ImageList> {
  const found = await findImages(userId, fromCursor(cursor), PAGE_SIZE + 1);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, (row) => row.createdAt);
  return { images: rows.map(toImageView), nextCursor };
}

/** Deletes a picture, its links and its file. Throws `not_found`. */
export async function removeImage({ userId }: Actor, id: string): Promise<void> {
  const storageKey = await deleteImage(userId, id);
  if (storageKey === undefined) throw new AppError("not_found");
  if (storageKey !== null) await deleteFile(storageKey);
}

/**
 * Cancels a picture that was not handed to ModelScope yet. Later it cannot be taken back, and the
 * picture is answered as it is. Throws `not_found`.
 */
export async function cancelImage(actor: Actor, id: string): Promise<ImageView> {
  await cancelNewTask(actor.userId, id);
  return getImage(actor, id);
}

/** The bytes of a finished picture. Throws `not_found`. */
export async function readImageFile(
  { userId }: Actor,
  id: string,
): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number; mediaType: string }> {
  const row = await findImage(userId, id);
  const file = row?.storageKey ? await readFile(row.storageKey) : null;
  if (!file || !row?.mediaType) throw new AppError("not_found");
  return { ...file, mediaType: row.mediaType };
}
