import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { deleteUnusedUploads } from "../db/uploads";
import { logFault } from "../log";
import { deleteFile } from "../storage/files";

/** Deletes pictures that nothing names any more, row first: a file without a row is only waste. */
export async function removeUnusedUploads(userId: UserId, ids: string[]): Promise<void> {
  for (const key of await deleteUnusedUploads(userId, ids)) {
    await deleteFile(key).catch((error) => logFault("upload file not deleted", error));
  }
}
