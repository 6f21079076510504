import "server-only";
import { Agent, fetch, type Response } from "undici";

/** Until the connection stands, until an answer begins, and between two of its pieces. */
const CONNECT_MS = 5_000;
const HEADERS_MS = 20_000;
/** Until an answer begins, the sending of a whole picture included. What comes then may take its time. */
const ANSWER_MS = 60_000;

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

async function ask({ method, url, headers, body }: ObjectRequest): Promise<Response> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), ANSWER_MS);
  try {
    return await fetch(url, {
      method,
      headers,
      ...(body && { body }),
      redirect: "error",
      dispatcher: getAgent(),
      signal: ending.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One request to the object store that the settings name, signed anew for each of three tries: no
 * redirects, no proxies, bounded in time. Statuses that pass by themselves are tried again. Throws
 * where no answer came.
 */
export async function callObjectStore(sign: () => Promise<ObjectRequest>): Promise<Response> {
  for (const waitMs of [...RETRY_MS, null]) {
    const answer = await ask(await sign()).catch((error: unknown) => {
      if (waitMs === null) throw new ObjectStoreError("no answer", { cause: error });
      return null;
    });
    if (answer && (waitMs === null || !isPassing(answer.status))) return answer;
    await answer?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, waitMs ?? 0));
  }
  throw new ObjectStoreError("no answer");
}
