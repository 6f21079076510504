import "server-only";
import { now } from "../clock";
import { newFileSuffix, sha256Hex } from "../crypto/random";
import { finishTask } from "../db/image-tasks";
import { fetchResultImage } from "../net/result-image";
import { deleteFile, putFile } from "../storage/files";
import { reencodePicture, toThumbnail } from "../storage/picture";

export type DoneTask = { url: string; usedSeed: number | null; timeTakenMs: number | null };

/** Copies the bytes to our storage, then writes the row: no row without a file. Throws a typed error. */
export async function copyResult(task: { id: string }, result: DoneTask): Promise<void> {
  const picture = await reencodePicture(await fetchResultImage(result.url));
  // A name of its own each time: should two workers finish one picture, neither deletes the other's file.
  const name = `${task.id}_${newFileSuffix()}`;
  const storageKey = `images/${name}.${picture.format}`;
  const thumbKey = `thumbs/${name}.webp`;
  await putFile(storageKey, picture.bytes);
  await putFile(thumbKey, await toThumbnail(picture.bytes));
  const isStored = await finishTask(
    task.id,
    {
      storageKey,
      thumbKey,
      mediaType: picture.mediaType,
      width: picture.width,
      height: picture.height,
      sizeBytes: picture.bytes.byteLength,
      sha256: sha256Hex(picture.bytes),
    },
    { ...result, endedAt: now() },
  );
  if (isStored) return;
  await Promise.all([storageKey, thumbKey].map(deleteFile)); // deleted by its owner meanwhile
}
