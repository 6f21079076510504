import "server-only";
import { AppError } from "@/lib/shared/errors";
import { Secret } from "@/lib/shared/secret";
import { getSettings } from "../env";
import { logFault } from "../log";
import { fileSystem } from "./file-system";
import { createS3 } from "./s3";
import type { ListedFile, Store, StoredFile } from "./store";

const KEY_PATTERN = /^[a-z]+\/[a-z0-9_]+\.(png|jpeg|webp)$/;
/** What this module writes, half-written files of the file system among it. */
const OWN_PATTERN = /^(images|thumbs|uploads)\/[a-z0-9_]+\.(png|jpeg|webp)(\.[\da-f-]+\.tmp)?$/;

const store = globalThis as unknown as { __mspStore?: Store };

async function openStore(): Promise<Store> {
  const { STORAGE_URL, BLOB_READ_WRITE_TOKEN } = getSettings();
  if (STORAGE_URL?.kind === "s3") return createS3(STORAGE_URL);
  if (STORAGE_URL?.kind !== "vercel-blob") return fileSystem;
  // Loaded where it is used: it brings a client of its own.
  const { createVercelBlob } = await import("./vercel-blob");
  return createVercelBlob(new Secret(BLOB_READ_WRITE_TOKEN ?? ""));
}

/** The store that the settings name, opened once a process. */
async function getStore(): Promise<Store> {
  store.__mspStore ??= await openStore();
  return store.__mspStore;
}

/** A key such as `images/img_1f….png` is made by us, never from a file name; its ending is its type. */
function toMediaType(key: string): string {
  const ending = KEY_PATTERN.exec(key)?.[1];
  if (!ending) throw new Error("storage: not a key");
  return `image/${ending}`;
}

async function orDown<Value>(verb: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    logFault(`storage ${verb}`, error);
    throw new AppError("storage_down", { cause: error });
  }
}

/** Stores bytes under a key, all or none. Throws `storage_down`. */
export function putFile(key: string, bytes: Uint8Array): Promise<void> {
  const mediaType = toMediaType(key);
  return orDown("put", async () => (await getStore()).put(key, bytes, mediaType));
}

/** The bytes of a key as a stream, or null where there is no such file. Throws `storage_down`. */
export function readFile(key: string): Promise<StoredFile | null> {
  toMediaType(key);
  return orDown("read", async () => (await getStore()).read(key));
}

/** Removes a key; removing what is not there is no error. Throws `storage_down`. */
export function deleteFile(key: string): Promise<void> {
  toMediaType(key);
  return orDown("delete", async () => (await getStore()).remove(key));
}

/** Whether a file has a name of ours; others may share the store. */
export const isOwnFile = ({ key }: ListedFile): boolean => OWN_PATTERN.test(key);

/** Removes what {@link listFiles} named, half a file too; what is not ours is left alone. */
export async function deleteListed(file: ListedFile): Promise<void> {
  if (!isOwnFile(file)) return;
  const { key } = file;
  await orDown("delete", async () => (await getStore()).remove(key));
}

/** Everything in the store, in no order. */
export async function* listFiles(): AsyncIterable<ListedFile> {
  yield* (await getStore()).list();
}
