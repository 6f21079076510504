import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { getSettings } from "@/lib/server/env";
import { deleteFile, listFiles, putFile, readFile } from "@/lib/server/storage/files";
import { pointStoreTo } from "../support/point-store";

const TOKEN = "vercel_blob_rw_teststore_secret";
const KEY = "images/img_1.webp";

type Seen = { method: string; host: string; path: string; headers: http.IncomingHttpHeaders };
const seen: Seen[] = [];
const blobs = new Map<string, Buffer>();
let status = 200;

/** As the client's own requests have it: `PUT /?pathname=`, `GET /?prefix=`, `POST /delete`, `GET /{pathname}`. */
async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { method = "", url: path = "", headers } = request;
  const { host = "" } = headers;
  seen.push({ method, host, path, headers });
  const body = await buffer(request);
  const url = new URL(path, "http://x");
  const json = (value: object, code = 200) =>
    response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(value));
  if (headers.authorization !== `Bearer ${TOKEN}`) return void json({}, 403);
  if (status !== 200) return void json({ error: { code: "service_unavailable" } }, status);
  const pathname = url.searchParams.get("pathname");
  if (method === "PUT" && pathname) {
    blobs.set(pathname, body);
    return void json({ url: `https://blob/${pathname}`, downloadUrl: "", pathname });
  }
  if (method === "POST" && url.pathname.endsWith("/delete")) {
    const { urls } = JSON.parse(body.toString()) as { urls: string[] };
    for (const key of urls) blobs.delete(key);
    return void json({});
  }
  if (method === "GET" && url.pathname === "/api") {
    const rows = [...blobs].map(([key, bytes]) => ({
      pathname: key,
      size: bytes.length,
      uploadedAt: new Date().toISOString(),
    }));
    return void json({ blobs: rows, hasMore: false });
  }
  const bytes = blobs.get(url.pathname.slice(1));
  if (!bytes) return void response.writeHead(404).end();
  response
    .writeHead(200, { "content-length": bytes.length, "content-type": "image/webp" })
    .end(bytes);
}

const server = http.createServer((request, response) => void serve(request, response));
const dispatcher = getGlobalDispatcher();

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("VERCEL_BLOB_API_URL", `${origin}/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "1");
  // Reads go to a host that is made from the token; here it is this server.
  setGlobalDispatcher(
    new Agent().compose((next) => (options, handler) => next({ ...options, origin }, handler)),
  );
  Object.assign(getSettings(), { BLOB_READ_WRITE_TOKEN: TOKEN });
  pointStoreTo("vercel-blob:");
});
beforeEach(() => {
  seen.length = 0;
  blobs.clear();
  status = 200;
});
afterAll(() => {
  pointStoreTo(undefined);
  setGlobalDispatcher(dispatcher);
  vi.unstubAllEnvs();
  server.close();
});

describe("a store of Vercel Blob", () => {
  it("keeps private bytes under exactly our key, gives them back, lists and forgets them", async () => {
    await putFile(KEY, Buffer.from("a picture"));
    const [put] = seen;
    expect(put?.headers).toMatchObject({
      "x-vercel-blob-access": "private",
      "x-add-random-suffix": "0",
      "x-content-type": "image/webp",
    });
    const file = await readFile(KEY);
    expect(file?.sizeBytes).toBe(9);
    expect(await text(file?.body as never)).toBe("a picture");
    expect(seen[1]).toMatchObject({ path: `/${KEY}?cache=0` });
    const keys: string[] = [];
    for await (const { key } of listFiles()) keys.push(key);
    expect(keys).toEqual([KEY]);
    await deleteFile(KEY);
    expect(await readFile(KEY)).toBeNull();
  });

  it("tells its faults without the token", async () => {
    status = 500;
    const error = await putFile(KEY, Buffer.from("a picture")).catch((fault: unknown) => fault);
    expect(error).toMatchObject({ code: "storage_down", status: 503 });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("secret");
  });
});
