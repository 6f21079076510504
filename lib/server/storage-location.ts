import "server-only";
import { z } from "zod";
import { Secret } from "@/lib/shared/secret";

const querySchema = z.strictObject({
  region: z.string().regex(/^[\w-]+$/),
  /** How the server is told the bucket: in the path, in front of its name, or by a name of the bucket's own. */
  style: z.enum(["path", "virtual", "domain"]).default("path"),
  scheme: z.enum(["https", "http"]).optional(),
});

export type S3Location = {
  kind: "s3";
  /** Where the bucket answers, without a slash at the end. */
  baseUrl: string;
  /** In front of each key; empty, or with a slash at the end. */
  prefix: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: Secret;
};
export type StorageLocation = S3Location | { kind: "vercel-blob" };

/** A percent-encoded part of the address; null for one that is not well encoded. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const isLoopback = (host: string) => host === "127.0.0.1" || host === "localhost";
const isSafeSegment = (segment: string) => /^[\w.-]+$/.test(segment) && !/^\.+$/.test(segment);

/**
 * `vercel-blob:`, or
 * `s3://KEY:SECRET@HOST/BUCKET[/PREFIX]?region=REGION[&style=path|virtual|domain][&scheme=http]`, where
 * `domain` means that the host is the bucket's own and no bucket stands in the path. Plain http is for
 * this machine, or by `scheme=http` for a network of one's own. Null for anything else.
 */
export function parseStorageUrl(text: string): StorageLocation | null {
  if (text === "vercel-blob:") return { kind: "vercel-blob" };
  if (!text.startsWith("s3://") || !URL.canParse(text)) return null;
  const url = new URL(text);
  const query = querySchema.safeParse(Object.fromEntries(url.searchParams)).data;
  const segments = url.pathname.split("/").filter(Boolean);
  const [accessKeyId, secret] = [decode(url.username), decode(url.password)];
  if (!query || !accessKeyId || !secret || !url.hostname || !segments.every(isSafeSegment))
    return null;
  const { region, style, scheme = isLoopback(url.hostname) ? "http" : "https" } = query;
  const [bucket, ...inside] = style === "domain" ? ["", ...segments] : segments;
  if (bucket === undefined) return null;
  const host = style === "virtual" ? `${bucket}.${url.host}` : url.host;
  return {
    kind: "s3",
    baseUrl: `${scheme}://${host}${style === "path" ? `/${bucket}` : ""}`,
    prefix: inside.map((segment) => `${segment}/`).join(""),
    region,
    accessKeyId,
    secretAccessKey: new Secret(secret),
  };
}
