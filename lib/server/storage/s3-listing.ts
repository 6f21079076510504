import "server-only";
import type { ListedFile } from "./store";

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function readText(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

function take(xml: string, name: string): string | null {
  const match = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml);
  return match?.[1] === undefined ? null : readText(match[1]);
}

/**
 * One page of ListObjectsV2, asked for with `encoding-type=url`; the XML is flat and of a known form,
 * so that four patterns read it. Throws where it is no such page.
 */
export function readListing(xml: string): { files: ListedFile[]; nextToken: string | null } {
  if (!/<ListBucketResult[\s>]/.test(xml)) throw new Error("not a listing");
  const isEncoded = take(xml, "EncodingType") === "url";
  const files = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = ""]) => {
    const key = take(entry, "Key") ?? "";
    return {
      key: isEncoded ? decodeURIComponent(key.replaceAll("+", " ")) : key,
      sizeBytes: Number(take(entry, "Size")),
      storedAt: new Date(take(entry, "LastModified") ?? 0),
    };
  });
  const isCut = take(xml, "IsTruncated") === "true";
  return { files, nextToken: isCut ? take(xml, "NextContinuationToken") : null };
}
