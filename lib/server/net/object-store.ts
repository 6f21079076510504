import "server-only";
import { Agent, fetch, type Response } from "undici";

/** Each step of one request; a whole picture has to pass within the last. */
const CONNECT_MS = 5_000;
const HEADERS_MS = 20_000;
const TOTAL_MS = 60_000;

/** Waits before a request is repeated; all of them may be repeated without harm. */
const RETRY_MS = [200, 800] as const;

const store = globalThis as unknown as { __mspObjectAgent?: Agent };

// An agent of our own: proxies named in the environment are not asked.
function getAgent(): Agent {
  store.__mspObjectAgent ??= new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: HEADERS_MS,
    bodyTimeout: HEADERS_MS,
  });
  return store.__mspObjectAgent;
}

/** What is said of the store's refusals: its status and code, never an address, which names keys. */
export class ObjectStoreError extends Error {
  override name = "ObjectStoreError";
}

export type ObjectRequest = {
  method: "GET" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: Uint8Array;
};

const isPassing = (status: number) => status === 429 || status >= 500;

/**
 * One request to the object store that the settings name, signed anew for each of three tries: no
 * redirects, no proxies, bounded in time. Statuses that pass by themselves are tried again. Throws
 * where no answer came.
 */
export async function callObjectStore(sign: () => Promise<ObjectRequest>): Promise<Response> {
  for (const waitMs of [...RETRY_MS, null]) {
    const { method, url, headers, body } = await sign();
    const answer = await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      redirect: "error",
      dispatcher: getAgent(),
      signal: AbortSignal.timeout(TOTAL_MS),
    }).catch((error: unknown) => {
      if (waitMs === null) throw new ObjectStoreError("no answer", { cause: error });
      return null;
    });
    if (answer && (waitMs === null || !isPassing(answer.status))) return answer;
    await answer?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, waitMs ?? 0));
  }
  throw new ObjectStoreError("no answer");
}
