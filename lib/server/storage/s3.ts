import "server-only";
import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import { callObjectStore, ObjectStoreError } from "../net/object-store";
import type { S3Location } from "../storage-location";
import { readListing } from "./s3-listing";
import type { ListedFile, Store } from "./store";

const PAGE = "1000";

type Call = {
  method: "GET" | "PUT" | "DELETE";
  /** Below the bucket, with its prefix. */
  path?: string;
  query?: Record<string, string>;
  mediaType?: string;
  body?: Uint8Array;
};

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** As signatures have it: RFC 3986, where URLSearchParams would write a plus for a blank. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function toUrl(baseUrl: string, { path = "", query = {} }: Call): string {
  const search = Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  return `${baseUrl}/${path.split("/").map(encode).join("/")}${search && `?${search}`}`;
}

/** The code of a refusal, such as `SignatureDoesNotMatch`. */
async function toError(response: { status: number; text: () => Promise<string> }) {
  const text = await response.text().catch(() => "");
  const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? "Unknown";
  return new ObjectStoreError(`${response.status} ${code}`);
}

/**
 * A bucket of an S3-compatible server (Alibaba Cloud OSS, R2, MinIO, AWS). Objects are private: no ACL
 * is sent and no address is handed out; each request is signed (SigV4), its body's SHA-256 with it, so
 * that a cut upload is refused by the server.
 */
export function createS3({ baseUrl, prefix, region, ...keys }: S3Location): Store {
  const cache = new Map<string, ArrayBuffer>();
  const call = (request: Call) =>
    callObjectStore(async () => {
      const { method, body, mediaType } = request;
      const signer = new AwsV4Signer({
        method,
        url: toUrl(baseUrl, request),
        service: "s3",
        region,
        cache,
        accessKeyId: keys.accessKeyId,
        secretAccessKey: keys.secretAccessKey.reveal(),
        headers: {
          "x-amz-content-sha256": sha256(body ?? ""),
          ...(mediaType && { "content-type": mediaType }),
        },
        allHeaders: true,
      });
      const { url, headers } = await signer.sign();
      return {
        method,
        url: url.toString(),
        headers: Object.fromEntries(headers),
        ...(body && { body }),
      };
    });

  async function listPage(token: string | null) {
    const query = {
      "list-type": "2",
      "encoding-type": "url",
      "max-keys": PAGE,
      ...(prefix && { prefix }),
      ...(token && { "continuation-token": token }),
    };
    const response = await call({ method: "GET", query });
    if (response.status !== 200) throw await toError(response);
    return readListing(await response.text());
  }

  async function* list(): AsyncIterable<ListedFile> {
    let token: string | null = null;
    do {
      const { files, nextToken } = await listPage(token);
      for (const file of files) yield { ...file, key: file.key.slice(prefix.length) };
      if (nextToken !== null && nextToken === token)
        throw new Error("the listing does not advance");
      token = nextToken;
    } while (token);
  }

  return {
    put: async (key, body, mediaType) => {
      const response = await call({ method: "PUT", path: prefix + key, body, mediaType });
      if (response.status !== 200) throw await toError(response);
      await response.body?.cancel();
    },
    read: async (key) => {
      const response = await call({ method: "GET", path: prefix + key });
      if (response.status === 404) {
        await response.body?.cancel();
        return null;
      }
      const length = response.headers.get("content-length");
      if (response.status !== 200 || !response.body) throw await toError(response);
      return {
        body: response.body as ReadableStream<Uint8Array>,
        sizeBytes: length === null ? null : Number(length),
      };
    },
    remove: async (key) => {
      const response = await call({ method: "DELETE", path: prefix + key });
      if (!response.ok && response.status !== 404) throw await toError(response);
      await response.body?.cancel();
    },
    list,
  };
}
