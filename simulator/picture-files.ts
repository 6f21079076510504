import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { type Exchange, pause, sendRedirect, sendText } from "./http.ts";
import type { FileFault } from "./image-faults.ts";
import { writeAll } from "./write-all.ts";

/** A picture on its way out: `toBytes` draws it. */
type FileOrder = { exchange: Exchange; toBytes: () => Buffer };

/** 16 × 16 vermilion: a real JPEG, since nothing here can encode one. */
const JPEG = Buffer.from(
  "/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCIASy//9k=",
  "base64",
);

const PROMISED_BYTES = 10 * 2 ** 30;
/** One megabyte that packs into one kilobyte; ten thousand of them are 10 GB out of 10 MB. */
const BOMB_MEMBERS = 10_000;
const HOPS = 12;

export function sendPicture(response: ServerResponse, bytes: Buffer, type = "image/png"): void {
  response.writeHead(200, { "content-type": type, "content-length": bytes.byteLength });
  response.end(bytes);
}

/** The bucket's answer where there is no file to give. */
export function sendBucketError(response: ServerResponse, status: 403 | 404): void {
  const code = status === 403 ? "AccessDenied" : "NoSuchKey";
  const body = `<?xml version="1.0"?>\n<Error><Code>${code}</Code></Error>`;
  sendText(response, status, body, { "content-type": "application/xml" });
}

/** Sends parts until there are no more or nobody listens, no faster than they are read. */
async function pour(response: ServerResponse, parts: Iterable<Buffer>, pauseMs = 0): Promise<void> {
  for (const part of parts) {
    if (response.destroyed) return;
    await writeAll(response, part);
    if (pauseMs) await pause(pauseMs);
  }
  response.end();
}

/** A picture's beginning, then noise without end. */
function* withoutEnd(picture: Buffer): Generator<Buffer> {
  yield picture.subarray(0, -12);
  const noise = randomBytes(2 ** 16);
  for (;;) yield noise;
}

function* repeat(member: Buffer, times: number): Generator<Buffer> {
  for (let at = 0; at < times; at += 1) yield member;
}

const redirect = ({ response }: Exchange, location: string) =>
  sendRedirect(response, 302, location);

type Sender = (order: FileOrder) => void | Promise<void>;

const HTML = "<!doctype html><title>Not found</title>";

/** How each faulty file is sent. */
export const FILE_FAULTS = {
  gone: ({ exchange }) => sendBucketError(exchange.response, 404),
  expired: ({ exchange }) => sendBucketError(exchange.response, 403),
  "not-a-picture": ({ exchange }) => sendPicture(exchange.response, Buffer.from(HTML)),
  html: ({ exchange }) => sendText(exchange.response, 200, HTML, { "content-type": "text/html" }),
  "wrong-type": ({ exchange, toBytes }) =>
    sendPicture(exchange.response, toBytes(), "application/pdf"),
  jpeg: ({ exchange }) => sendPicture(exchange.response, JPEG, "image/jpeg"),
  "zero-bytes": ({ exchange }) => sendPicture(exchange.response, Buffer.alloc(0)),
  partial: ({ exchange: { response }, toBytes }) => {
    const bytes = toBytes();
    const half = bytes.subarray(0, bytes.length / 2);
    response.writeHead(206, {
      "content-type": "image/png",
      "content-length": half.length,
      "content-range": `bytes 0-${half.length - 1}/${bytes.length}`,
    });
    response.end(half);
  },
  truncated: ({ exchange: { response }, toBytes }) => {
    const bytes = toBytes();
    response.writeHead(200, { "content-type": "image/png", "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2));
    response.socket?.destroySoon();
  },
  "length-too-big": ({ exchange: { response }, toBytes }) => {
    response.writeHead(200, { "content-type": "image/png", "content-length": PROMISED_BYTES });
    return pour(response, withoutEnd(toBytes()));
  },
  endless: ({ exchange: { response }, toBytes }) => {
    response.writeHead(200, { "content-type": "image/png" });
    return pour(response, withoutEnd(toBytes()));
  },
  "gzip-bomb": ({ exchange: { response } }) => {
    response.writeHead(200, { "content-type": "image/png", "content-encoding": "gzip" });
    return pour(response, repeat(gzipSync(Buffer.alloc(2 ** 20)), BOMB_MEMBERS));
  },
  drip: ({ exchange: { response, state }, toBytes }) => {
    const bytes = toBytes();
    response.writeHead(200, { "content-type": "image/png", "content-length": bytes.length });
    const single = Array.from(bytes, (byte) => Buffer.of(byte));
    return pour(response, single, state.options.dripMs);
  },
  "redirect-internal": ({ exchange }) => redirect(exchange, exchange.state.options.redirectTo),
  "redirect-other": ({ exchange }) =>
    redirect(exchange, `https://pictures.example.com${exchange.url.pathname}`),
  "redirect-loop": ({ exchange }) => redirect(exchange, exchange.url.pathname),
  "redirect-chain": ({ exchange, toBytes }) => {
    const hop = Number(exchange.url.searchParams.get("hop") ?? 0);
    if (hop >= HOPS) return sendPicture(exchange.response, toBytes());
    redirect(exchange, `${exchange.url.pathname}?hop=${hop + 1}`);
  },
} as const satisfies Record<FileFault, Sender>;
