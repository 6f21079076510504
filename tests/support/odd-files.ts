import { deflateRawSync, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A small picture without anything in it. */
export const plain = () =>
  sharp({ create: { width: 8, height: 6, channels: 3, background: "#285" } });

export const latin = (text: string) => Buffer.from(text, "latin1");

/** A chunk of a PNG. */
export function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, "latin1");
  const body = Buffer.concat([head.subarray(4), data]);
  let crc = ~0;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(~crc >>> 0);
  return Buffer.concat([head, data, tail]);
}

const SIGNATURE = latin("\x89PNG\r\n\x1a\n");

/** A PNG with the chunk put in behind its header. */
export const withChunk = (bytes: Buffer, added: Buffer) =>
  Buffer.concat([bytes.subarray(0, 33), added, bytes.subarray(33)]);

/** One bit a pixel, all black: a hundred kilobytes for nine hundred million of them. */
export function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const row = Buffer.alloc(Math.ceil(side / 8) + 1);
  const data = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)), { level: 9 });
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Files of formats that are not taken; the first bytes are the real ones. */
export const OTHER_FORMATS: Record<string, () => Buffer | Promise<Buffer>> = {
  svg: () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
  svgz: () => deflateRawSync(Buffer.from("<svg/>")),
  html: () => Buffer.from("<!doctype html><script>alert(1)</script>"),
  xml: () => Buffer.from("<?xml version='1.0'?><x/>"),
  pdf: () => Buffer.from("%PDF-1.7\n"),
  gif: () =>
    latin(
      "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    ),
  avif: () => latin("\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf"),
  heic: () => latin("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"),
  tiff: () => latin("II*\x00\x08\x00\x00\x00"),
  bmp: () => latin("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"),
  ico: () => latin("\x00\x00\x01\x00\x01\x00\x10\x10"),
  psd: () => latin("8BPS\x00\x01"),
  jxl: () => latin("\xff\x0a\xfa\x1f\x01"),
  mp4: () => latin("\x00\x00\x00\x18ftypmp42"),
  zip: () => latin("PK\x03\x04\x14\x00"),
  apng: async () => {
    const frames = Buffer.alloc(8);
    frames.writeUInt32BE(2);
    return withChunk(await plain().png().toBuffer(), chunk("acTL", frames));
  },
};
