import "server-only";
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

const KEY_PATTERN = /^[a-z]+\/[a-z0-9_]+\.[a-z]+$/;

/** A key such as `images/img_1f….png`: made by us, never from a file name. */
function toPath(key: string): string {
  if (!KEY_PATTERN.test(key)) throw new Error("storage: not a key");
  return path.resolve(/* turbopackIgnore: true */ getSettings().DATA_DIR, "files", key);
}

/**
 * Stores bytes under a key: temporary file, fsync, rename, so that a key has all bytes or none.
 * Throws `storage_down`.
 */
export async function putFile(key: string, bytes: Uint8Array): Promise<void> {
  const target = toPath(key);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    const handle = await fs.open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw new AppError("storage_down", { cause: error });
  }
}

/** The bytes of a key as a stream, or null where there is no such file. */
export async function readFile(
  key: string,
): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number } | null> {
  const file = toPath(key);
  try {
    const { size } = await fs.stat(file);
    const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
    return { body, sizeBytes: size };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new AppError("storage_down", { cause: error });
  }
}

/** Removes a key; removing what is not there is no error. */
export async function deleteFile(key: string): Promise<void> {
  await fs.rm(toPath(key), { force: true });
}
