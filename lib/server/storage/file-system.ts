import "server-only";
import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { getSettings } from "../env";
import type { ListedFile, Store, StoredFile } from "./store";

const CHUNK_BYTES = 65_536;

const toRoot = () => path.resolve(/* turbopackIgnore: true */ getSettings().DATA_DIR, "files");
const toPath = (key: string) => path.join(toRoot(), key);
const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** Temporary file, fsync, read back, rename: a key has all bytes or none. */
async function put(key: string, bytes: Uint8Array): Promise<void> {
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
    if (hash(await fs.readFile(temporary)) !== hash(bytes)) throw new Error("written otherwise");
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
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

async function read(key: string): Promise<StoredFile | null> {
  const file = toPath(key);
  try {
    const { size } = await fs.stat(file);
    return { body: toStream(file), sizeBytes: size };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function* list(): AsyncIterable<ListedFile> {
  const entries = await fs
    .readdir(toRoot(), { recursive: true, withFileTypes: true })
    .catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const key = path.relative(toRoot(), file).split(path.sep).join("/");
    const { size, mtime } = await fs.stat(file);
    yield { key, sizeBytes: size, storedAt: mtime };
  }
}

/** Files of `DATA_DIR/files` on this machine. */
export const fileSystem: Store = {
  put,
  read,
  remove: (key) => fs.rm(toPath(key), { force: true }),
  list,
};
