import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

const KEYS = { accessKeyId: "test-id", secretAccessKey: "test/secret+with=signs" };
const REGION = "cn-test";
const BUCKET = "pictures";
const MAX_SKEW_MS = 900_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

type StoredObject = { bytes: Buffer; type: string; modified: Date };

/** What the server does to the next requests of one method instead of answering. */
export type Fault = { method: string; times: number } & (
  | { kind: "status"; status: number }
  | { kind: "cut" } // takes half of the body, then is gone
  | { kind: "silent" }
  | { kind: "cut-answer" }
);

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
  }
}

const signer = new SignatureV4({
  service: "s3",
  region: REGION,
  credentials: KEYS,
  sha256: Sha256,
  uriEscapePath: false,
  applyChecksum: false,
});

const escapeXml = (value: string) =>
  value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Signs the request again with AWS's own signer and compares. */
async function verify(request: http.IncomingMessage, url: URL, body: Buffer): Promise<void> {
  const { headers, method = "" } = request;
  const parts = AUTHORIZATION.exec(headers.authorization ?? "");
  if (!parts) throw new Refusal(403, "AccessDenied");
  const [, id, region, signed = "", signature] = parts;
  if (id !== KEYS.accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  if (region !== REGION) throw new Refusal(400, "AuthorizationHeaderMalformed");
  const names = signed.split(";");
  const isUnsigned = (name: string) => name.startsWith("x-amz-") && !names.includes(name);
  if (!names.includes("host") || Object.keys(headers).some(isUnsigned)) {
    throw new Refusal(403, "AccessDenied");
  }
  const stamp = String(headers["x-amz-date"]);
  const signingDate = new Date(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  if (!(Math.abs(signingDate.getTime() - Date.now()) < MAX_SKEW_MS)) {
    throw new Refusal(403, "RequestTimeTooSkewed");
  }
  const again = await signer.sign(
    {
      method,
      protocol: "http:",
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
    },
    { signingDate },
  );
  if (!again.headers.authorization?.endsWith(`Signature=${signature}`)) {
    throw new Refusal(403, "SignatureDoesNotMatch");
  }
  if (headers["x-amz-content-sha256"] !== createHash("sha256").update(body).digest("hex")) {
    throw new Refusal(400, "XAmzContentSHA256Mismatch");
  }
}

function toListing(objects: Map<string, StoredObject>, query: URLSearchParams, pageSize: number) {
  const prefix = query.get("prefix") ?? "";
  const token = query.get("continuation-token");
  const after = token ? Buffer.from(token, "base64").toString() : "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, pageSize);
  const isCut = keys.length > page.length;
  const encode = query.get("encoding-type") === "url" ? encodeURIComponent : escapeXml;
  const entries = page.map((key) => {
    const { bytes, modified } = objects.get(key) as StoredObject;
    return `<Contents><Key>${encode(key)}</Key><LastModified>${modified.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
  });
  const next = Buffer.from(page.at(-1) ?? "").toString("base64");
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${BUCKET}</Name>${
    encode === encodeURIComponent ? "<EncodingType>url</EncodingType>" : ""
  }<IsTruncated>${isCut}</IsTruncated>${isCut ? `<NextContinuationToken>${escapeXml(next)}</NextContinuationToken>` : ""}${entries.join("")}</ListBucketResult>`;
}

type Answer = { status: number; headers?: http.OutgoingHttpHeaders; body?: Buffer | string };

/**
 * An S3 server in memory that checks the signature of every request as AWS does, and fails on demand.
 * Addresses are `/bucket/key`.
 */
export async function startS3Server() {
  const objects = new Map<string, StoredObject>();
  const requests: { method: string; path: string; headers: http.IncomingHttpHeaders }[] = [];
  const faults: Fault[] = [];
  let pageSize = 1_000;

  function answer(request: http.IncomingMessage, url: URL, body: Buffer): Answer {
    const key = decodeURIComponent(url.pathname).slice(`/${BUCKET}/`.length);
    if (!url.pathname.startsWith(`/${BUCKET}/`)) throw new Refusal(404, "NoSuchBucket");
    if (key === "") return { status: 200, body: toListing(objects, url.searchParams, pageSize) };
    const found = objects.get(key);
    if (request.method === "PUT") {
      const type = request.headers["content-type"] ?? "application/octet-stream";
      objects.set(key, { bytes: body, type, modified: new Date() });
      return { status: 200 };
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return { status: 204 };
    }
    if (!found) throw new Refusal(404, "NoSuchKey");
    return { status: 200, headers: { "content-type": found.type }, body: found.bytes };
  }

  const takeFault = (method: string | undefined) => {
    const fault = faults.find((one) => one.method === method && one.times > 0);
    if (fault) fault.times -= 1;
    return fault;
  };

  async function reply(
    request: http.IncomingMessage,
    body: Buffer,
    fault: Fault | undefined,
  ): Promise<Answer> {
    try {
      const url = new URL(request.url ?? "", `http://${request.headers.host}`);
      await verify(request, url, body);
      if (fault?.kind === "status") throw new Refusal(fault.status, "SlowDown");
      return answer(request, url, body);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "InternalError");
      return { status: refusal.status, body: `<Error><Code>${refusal.message}</Code></Error>` };
    }
  }

  async function serve(request: http.IncomingMessage, response: http.ServerResponse) {
    const { method = "", url: path = "", headers } = request;
    requests.push({ method, path, headers });
    const fault = takeFault(method);
    if (fault?.kind === "cut") return void request.once("data", () => request.destroy());
    const { status, headers: own, body } = await reply(request, await buffer(request), fault);
    if (fault?.kind === "silent") return;
    const bytes = Buffer.from(body ?? "");
    response.writeHead(status, { "content-length": bytes.length, ...own });
    if (fault?.kind !== "cut-answer") return void response.end(bytes);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }

  const server = http.createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const secret = encodeURIComponent(KEYS.secretAccessKey);
  return {
    objects,
    requests,
    faults,
    setPageSize: (size: number) => {
      pageSize = size;
    },
    /** As the setting names it. */
    url: `s3://${KEYS.accessKeyId}:${secret}@127.0.0.1:${port}/${BUCKET}/team?region=${REGION}`,
    /** An address without a signature. */
    plainUrl: (key: string) => `http://127.0.0.1:${port}/${BUCKET}/team/${key}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type S3Server = Awaited<ReturnType<typeof startS3Server>>;
