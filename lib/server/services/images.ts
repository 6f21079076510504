import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import {
  ACTIVE_STATUSES,
  ATTENTION_STATUSES,
  type ImageCounts,
  type ImageGroup,
  type ImageList,
  type ImageStatus,
  type ImageView,
  type ListImagesQuery,
} from "@/lib/shared/schemas/image";
import { fromCursor, toPage } from "../db/cursor";
import { cancelNewTasks, reopenTask } from "../db/image-lane";
import { findUsualSeconds } from "../db/image-times";
import {
  countImages,
  deleteImages,
  findBatch,
  findImage,
  findImages,
  findLoras,
  findNeighbours,
  setFavourite,
} from "../db/images";
import { deleteFile, readFile } from "../storage/files";
import { advanceImage, takeDueImages } from "./image-task";
import { toImageView } from "./image-view";
import { nudgeImages } from "./nudge";
import { removeUnusedUploads } from "./upload-removal";

const PAGE_SIZE = 24;
/** All that one user may have under way, in one page. */
const MAX_ACTIVE = 200;

/** Throws `not_found`. */
export async function getImage({ userId }: Actor, id: string): Promise<ImageView> {
  const row = await findImage(userId, id);
  if (!row) throw new AppError("not_found");
  return toImageView(row);
}

/**
 * A picture with its finished neighbours in the gallery and the finished pictures of the same click.
 * Throws `not_found`.
 */
export async function openImage({ userId }: Actor, id: string) {
  const row = await findImage(userId, id);
  if (!row) throw new AppError("not_found");
  const [neighbours, batch] = await Promise.all([
    findNeighbours(userId, row),
    findBatch(userId, row.batchId),
  ]);
  const finished = batch.filter(({ status }) => status === "done");
  return { image: toImageView(row), neighbours, batch: finished.map(toImageView) };
}

const GROUP_STATUSES: Record<ImageGroup, readonly ImageStatus[] | null> = {
  all: null,
  active: ACTIVE_STATUSES,
  favourite: null,
  attention: ATTENTION_STATUSES,
};

/** The words of a search; a seed as the cards write it is its number. */
const toWords = (text: string) =>
  text
    .toLowerCase()
    .replace(/\bseed\s*(?=\d)/g, "")
    .split(/\s+/)
    .filter(Boolean);

/** One page of the user's pictures, newest first. */
export async function listImages(
  actor: Actor,
  { cursor, group = "all", model, q, from, to }: ListImagesQuery,
): Promise<ImageList> {
  const { userId } = actor;
  if (group === "active") await nudgeImages(actor);
  const filter = {
    statuses: GROUP_STATUSES[group],
    isFavourite: group === "favourite",
    model: model ?? null,
    words: toWords(q ?? ""),
    from: from ? new Date(from) : null,
    to: to ? new Date(to) : null,
  };
  const size = group === "active" ? MAX_ACTIVE : PAGE_SIZE;
  const found = await findImages(userId, filter, fromCursor(cursor), size + 1);
  const { rows, nextCursor } = toPage(found, size, (row) => row.createdAt);
  return { images: rows.map(toImageView), nextCursor };
}

/** Seconds that the user's last pictures took, by model. */
export function findUsualTimes({ userId }: Actor): Promise<Record<string, number>> {
  return findUsualSeconds(userId);
}

/** LoRAs of the user's pictures, the last ones first. */
export function findUsedLoras({ userId }: Actor): Promise<string[]> {
  return findLoras(userId);
}

/** How many pictures each group of the gallery has. */
export function countGallery({ userId }: Actor): Promise<ImageCounts> {
  return countImages(userId);
}

/** Gives pictures a star, or takes it away. Throws `not_found`, and changes none, where one is missing. */
export async function changeImages(
  { userId }: Actor,
  { ids, isFavourite }: { ids: string[]; isFavourite: boolean },
): Promise<void> {
  if (!(await setFavourite(userId, [...new Set(ids)], isFavourite)))
    throw new AppError("not_found");
}

/**
 * Deletes pictures with their links, their files and the pictures they were made from. Throws
 * `not_found`, and deletes none, where one is missing.
 */
export async function removeImages({ userId }: Actor, ids: string[]): Promise<void> {
  const deleted = await deleteImages(userId, [...new Set(ids)]);
  if (!deleted) throw new AppError("not_found");
  const keys = deleted.flatMap(({ storageKey, thumbKey }) =>
    [storageKey ?? [], thumbKey ?? []].flat(),
  );
  // The rows are gone, and the report finds a file that stays.
  await Promise.allSettled(keys.map(deleteFile));
  await removeUnusedUploads(
    userId,
    deleted.flatMap(({ uploadIds }) => uploadIds),
  );
}

/**
 * Cancels a picture that was not handed to ModelScope yet. Later it cannot be taken back, and the
 * picture is answered as it is. Throws `not_found`.
 */
export async function cancelImage(actor: Actor, id: string): Promise<ImageView> {
  await cancelNewTasks(actor.userId, [id]);
  return getImage(actor, id);
}

/** Cancels those of the user's pictures that still wait. */
export async function cancelImages({ userId }: Actor, ids: string[]): Promise<void> {
  await cancelNewTasks(userId, ids);
}

/**
 * Asks ModelScope once more for a picture that was given up though it has a task, and answers what came
 * of it. It is never submitted again. Throws `not_found`.
 */
export async function checkImage(actor: Actor, id: string): Promise<ImageView> {
  if (await reopenTask(actor.userId, id)) {
    for (const task of await takeDueImages(1, { id })) await advanceImage(task);
  }
  return getImage(actor, id);
}

/** The small picture for lists; the picture itself where there is none. Throws `not_found`. */
export async function readThumbnail(actor: Actor, id: string) {
  const row = await findImage(actor.userId, id);
  const file = row?.thumbKey ? await readFile(row.thumbKey) : null;
  return file ? { ...file, mediaType: "image/webp" } : readImageFile(actor, id);
}

/** The bytes of a finished picture. Throws `not_found`. */
export async function readImageFile(
  { userId }: Actor,
  id: string,
): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number | null; mediaType: string }> {
  const row = await findImage(userId, id);
  const file = row?.storageKey ? await readFile(row.storageKey) : null;
  if (!file || !row?.mediaType) throw new AppError("not_found");
  return { ...file, mediaType: row.mediaType };
}
