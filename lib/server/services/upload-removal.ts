import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { DAY_MS } from "@/lib/shared/calendar";
import { now } from "../clock";
import { deleteStaleUploads, deleteUnusedUploads } from "../db/uploads";
import { logFault } from "../log";
import { deleteFile } from "../storage/files";

/** Of one round; the next comes in some minutes. */
const AT_ONCE = 200;

/** Deletes pictures that nothing names any more, row first: a file without a row is only waste. */
export async function removeUnusedUploads(userId: UserId, ids: string[]): Promise<void> {
  await removeFiles(await deleteUnusedUploads(userId, ids));
}

/** Deletes pictures that were put into a form a day ago and never sent. */
export async function removeStaleUploads(): Promise<void> {
  const ago = (days: number) => new Date(now().getTime() - days * DAY_MS);
  // Of a week: what was looked at so often is in use, and need not be looked at for ever.
  await removeFiles(await deleteStaleUploads({ from: ago(8), before: ago(1) }, AT_ONCE));
}

async function removeFiles(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await deleteFile(key).catch((error) => logFault("upload file not deleted", error));
  }
}
