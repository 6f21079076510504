import "server-only";
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

const CHUNK_BYTES = 65_536;
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

/** A file as a stream that opens nothing before the first read and closes after the last. */
function toStream(file: string): ReadableStream<Uint8Array> {
  let handle: fs.FileHandle | null = null;
  const close = async () => {
    await handle?.close();
    handle = null;
  };
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        handle ??= await fs.open(file, "r");
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES));
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
        await close();
        return controller.close();
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}

/** The bytes of a key as a stream, or null where there is no such file. */
export async function readFile(
  key: string,
): Promise<{ body: ReadableStream<Uint8Array>; sizeBytes: number } | null> {
  const file = toPath(key);
  try {
    const { size } = await fs.stat(file);
    return { body: toStream(file), sizeBytes: size };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new AppError("storage_down", { cause: error });
  }
}

/** Removes a key; removing what is not there is no error. */
export async function deleteFile(key: string): Promise<void> {
  await fs.rm(toPath(key), { force: true });
}
