import type { ServerResponse } from "node:http";
import {
  type BrotliCompress,
  createBrotliCompress,
  createGzip,
  type Gzip,
  gzipSync,
} from "node:zlib";
import { writeAll } from "../write-all.ts";
import { BOM, type Wire } from "./wire.ts";

/** Where the text of a stream goes. */
export type Sink = { write: (text: string) => Promise<void>; end: () => void };

const PROMISED_BYTES = 10_000_000;
const BOMB_MEMBERS = 128;

function openPlain(response: ServerResponse, { cut, isTooShort }: Wire): Sink {
  let held = "";
  return {
    write: async (text) => {
      if (cut === "one-packet") held += text;
      else if (cut !== "bytes") await writeAll(response, Buffer.from(text));
      else for (const byte of Buffer.from(text)) await writeAll(response, Buffer.of(byte));
    },
    end: () => {
      if (isTooShort) response.socket?.destroySoon();
      else response.end(held);
    },
  };
}

const flush = (compressor: Gzip | BrotliCompress) =>
  new Promise<void>((resolve) => compressor.flush(resolve));

/** Every event is flushed, so that it arrives when it is said. */
function openCompressed(response: ServerResponse, encoding: "gzip" | "br"): Sink {
  const compressor = encoding === "br" ? createBrotliCompress() : createGzip();
  compressor.on("data", (bytes: Buffer) => void (response.destroyed || response.write(bytes)));
  compressor.on("end", () => response.end());
  return {
    write: async (text) => {
      compressor.write(text);
      await flush(compressor);
    },
    end: () => compressor.end(),
  };
}

/** 130 KB that unpack to 128 MB of one comment line each megabyte. */
export async function sendBomb(response: ServerResponse): Promise<void> {
  const member = gzipSync(`:${" ".repeat(2 ** 20)}\n`);
  for (let at = 0; at < BOMB_MEMBERS; at += 1) await writeAll(response, member);
  response.end();
}

/** Sends the headers of a stream and opens its body. */
export function openSink(response: ServerResponse, wire: Wire): Sink {
  const { encoding, isNotEncoded, isBomb, isTooShort, hasBom } = wire;
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    ...(encoding && { "content-encoding": encoding }),
    ...(isTooShort && { "content-length": PROMISED_BYTES }),
  });
  response.flushHeaders();
  const isCompressed = encoding && !isNotEncoded && !isBomb;
  const sink = isCompressed ? openCompressed(response, encoding) : openPlain(response, wire);
  if (hasBom) void sink.write(BOM);
  return sink;
}
