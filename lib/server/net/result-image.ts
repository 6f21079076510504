import "server-only";
import { lookup } from "node:dns";
import ipaddr from "ipaddr.js";
import { Agent, fetch } from "undici";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

const HEADERS_TIMEOUT_MS = 10_000;
const TOTAL_TIMEOUT_MS = 60_000;

/** Reached only through the metadata services of clouds; not all are "special" addresses. */
const METADATA_ADDRESSES = new Set(["100.100.100.200", "168.63.129.16"]);

const store = globalThis as unknown as { __mspImageAgents?: { public: Agent; loopback: Agent } };

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || METADATA_ADDRESSES.has(address)) return false;
  return ipaddr.process(address).range() === "unicast";
}

/** Resolves once, refuses the name if any of its addresses is not public, and dials the checked one. */
function lookupPublic(
  hostname: string,
  options: object,
  callback: (error: Error | null, addresses: { address: string; family: number }[]) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const areAllPublic = addresses.every(({ address }) => isPublicAddress(address));
    if (addresses.length === 0 || !areAllPublic) return callback(new Error("address refused"), []);
    return callback(null, addresses);
  });
}

function getAgents() {
  store.__mspImageAgents ??= {
    public: new Agent({ connect: { lookup: lookupPublic as never, timeout: HEADERS_TIMEOUT_MS } }),
    loopback: new Agent({ connect: { timeout: HEADERS_TIMEOUT_MS } }),
  };
  return store.__mspImageAgents;
}

/** The URL if its host stands exactly in the allow-list; throws `image_copy_failed` otherwise. */
function checkUrl(text: string): { url: URL; isLoopback: boolean } {
  const refused = new AppError("image_copy_failed");
  if (!URL.canParse(text)) throw refused;
  const url = new URL(text);
  const isLoopback = url.hostname === "127.0.0.1" || url.hostname === "localhost";
  const isAllowed = getSettings().IMAGE_HOSTS.includes(url.host.toLowerCase());
  const isSafeScheme = url.protocol === "https:" || (url.protocol === "http:" && isLoopback);
  if (!isAllowed || !isSafeScheme || url.username || url.password) throw refused;
  return { url, isLoopback };
}

/**
 * The bytes of a picture that ModelScope made: https, a host of `IMAGE_HOSTS`, public addresses,
 * no redirects, no credentials, at most `MAX_IMAGE_BYTES` and 60 s. Throws `image_copy_failed`.
 */
export async function fetchResultImage(text: string): Promise<Uint8Array> {
  const { url, isLoopback } = checkUrl(text);
  const signal = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  const maxBytes = getSettings().MAX_IMAGE_BYTES;
  try {
    const response = await fetch(url, {
      redirect: "error",
      signal,
      dispatcher: isLoopback ? getAgents().loopback : getAgents().public,
      headers: { accept: "image/png, image/jpeg, image/webp", "accept-encoding": "identity" },
    });
    const announced = Number(response.headers.get("content-length") ?? 0);
    if (response.status !== 200 || announced > maxBytes || !response.body) {
      await response.body?.cancel();
      throw new AppError("image_copy_failed");
    }
    const chunks: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of response.body) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) throw new AppError("image_copy_failed");
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("image_copy_failed", { cause: error });
  }
}
