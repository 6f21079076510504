import "server-only";
import { del, get, list, put } from "@vercel/blob";
import type { Secret } from "@/lib/shared/secret";
import type { ListedFile, Store } from "./store";

/** Until an answer is there; the bytes of one may then take their time. */
const ANSWER_MS = 60_000;

/** Bounds the time until `work` has an answer. */
async function within<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), ANSWER_MS);
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** A store of Vercel's that was made private: its addresses answer to the token alone, which stays here. */
export function createVercelBlob(secret: Secret): Store {
  async function* listAll(): AsyncIterable<ListedFile> {
    let cursor: string | undefined;
    do {
      const page = await within((abortSignal) =>
        list({ token: secret.reveal(), abortSignal, limit: 1_000, ...(cursor && { cursor }) }),
      );
      for (const { pathname, size, uploadedAt } of page.blobs) {
        yield { key: pathname, sizeBytes: size, storedAt: uploadedAt };
      }
      cursor = page.hasMore ? page.cursor : undefined;
    } while (cursor);
  }

  return {
    put: async (key, bytes, contentType) => {
      await within((abortSignal) =>
        put(key, Buffer.from(bytes), {
          token: secret.reveal(),
          abortSignal,
          access: "private",
          contentType,
          addRandomSuffix: false,
          allowOverwrite: true,
        }),
      );
    },
    read: async (key) => {
      // Past the CDN, which could still have what was deleted.
      const found = await within((abortSignal) =>
        get(key, { token: secret.reveal(), abortSignal, access: "private", useCache: false }),
      );
      if (found?.statusCode !== 200) return null;
      return { body: found.stream, sizeBytes: found.blob.size };
    },
    remove: (key) => within((abortSignal) => del(key, { token: secret.reveal(), abortSignal })),
    list: listAll,
  };
}
