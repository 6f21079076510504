import "server-only";
import { del, get, list, put } from "@vercel/blob";
import type { Secret } from "@/lib/shared/secret";
import type { ListedFile, Store } from "./store";

const TOTAL_MS = 60_000;

/** A store of Vercel's that was made private: its addresses answer to the token alone, which stays here. */
export function createVercelBlob(secret: Secret): Store {
  const options = () => ({ token: secret.reveal(), abortSignal: AbortSignal.timeout(TOTAL_MS) });

  async function* listAll(): AsyncIterable<ListedFile> {
    let cursor: string | undefined;
    do {
      const page = await list({ ...options(), limit: 1_000, ...(cursor && { cursor }) });
      for (const { pathname, size, uploadedAt } of page.blobs) {
        yield { key: pathname, sizeBytes: size, storedAt: uploadedAt };
      }
      cursor = page.hasMore ? page.cursor : undefined;
    } while (cursor);
  }

  return {
    put: async (key, bytes, contentType) => {
      await put(key, Buffer.from(bytes), {
        ...options(),
        access: "private",
        contentType,
        addRandomSuffix: false,
        allowOverwrite: true,
      });
    },
    read: async (key) => {
      // Past the CDN, which could still have what was deleted.
      const found = await get(key, { ...options(), access: "private", useCache: false });
      if (found?.statusCode !== 200) return null;
      return { body: found.stream, sizeBytes: found.blob.size };
    },
    remove: (key) => del(key, options()),
    list: listAll,
  };
}
