/**
 * Texts that a picture file carries: chunks of a PNG by their keyword, and of the EXIF part of a JPEG,
 * WebP or PNG the description and the comment. Nothing is decoded; a damaged file has fewer texts.
 */
export async function readPictureTexts(bytes: Uint8Array): Promise<Map<string, string>> {
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) return readPng(bytes);
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return readJpeg(bytes);
  if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) return readWebp(bytes);
  return new Map();
}

const MAX_TEXT_BYTES = 4_000_000;

const latin1 = new TextDecoder("latin1");
const utf8 = new TextDecoder("utf-8");

function startsWith(bytes: Uint8Array, offset: number, text: string): boolean {
  return [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The bytes up to a zero, and those after it; null where there is no zero. */
function splitAtZero(bytes: Uint8Array): [Uint8Array, Uint8Array] | null {
  const at = bytes.indexOf(0);
  return at < 0 ? null : [bytes.subarray(0, at), bytes.subarray(at + 1)];
}

/** Unpacks a zlib stream, no further than a text may be long; null where it is none. */
async function inflate(bytes: Uint8Array): Promise<Uint8Array | null> {
  const stream = new Blob([Uint8Array.from(bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of stream) {
      size += part.byteLength;
      if (size > MAX_TEXT_BYTES) return null;
      parts.push(part);
    }
  } catch {
    return null;
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

/** The keyword and text of a tEXt, zTXt or iTXt chunk (PNG specification, 11.3.4). */
async function readChunk(type: string, data: Uint8Array): Promise<[string, string] | null> {
  const [keyword, rest] = splitAtZero(data) ?? [];
  if (!keyword || !rest) return null;
  const key = latin1.decode(keyword);
  if (type === "tEXt") return [key, latin1.decode(rest)];
  if (type === "zTXt") {
    const text = await inflate(rest.subarray(1));
    return text && [key, latin1.decode(text)];
  }
  const isPacked = rest[0] === 1;
  const [, afterLanguage] = splitAtZero(rest.subarray(2)) ?? [];
  const [, body] = (afterLanguage && splitAtZero(afterLanguage)) ?? [];
  if (!body) return null;
  const text = isPacked ? await inflate(body) : body;
  return text && [key, utf8.decode(text)];
}

/** The chunks of a PNG: type and data, up to the first that is cut off. */
function* chunksOf(bytes: Uint8Array): Generator<{ type: string; data: Uint8Array }> {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = latin1.decode(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return;
    yield { type, data };
    at += 12 + length;
  }
}

async function readPng(bytes: Uint8Array): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { type, data } of chunksOf(bytes)) {
    if (type === "eXIf") for (const [key, text] of readExif(data)) texts.set(key, text);
    if (!/^(tEXt|zTXt|iTXt)$/.test(type) || data.length > MAX_TEXT_BYTES) continue;
    const found = await readChunk(type, data);
    if (found) texts.set(...found);
  }
  return texts;
}

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;

function readJpeg(bytes: Uint8Array): Map<string, string> {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === START_OF_SCAN) break;
    const length = view.getUint16(at + 2);
    const data = bytes.subarray(at + 4, at + 2 + length);
    if (marker === APP1 && startsWith(data, 0, "Exif\0\0")) return readExif(data.subarray(6));
    at += 2 + length;
  }
  return new Map();
}

function readWebp(bytes: Uint8Array): Map<string, string> {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (startsWith(bytes, at, "EXIF")) {
      return readExif(startsWith(data, 0, "Exif\0\0") ? data.subarray(6) : data);
    }
    at += 8 + length + (length % 2);
  }
  return new Map();
}

const IMAGE_DESCRIPTION = 0x010e;
const EXIF_DIRECTORY = 0x8769;
const USER_COMMENT = 0x9286;
const MAX_ENTRIES = 500;

type ExifEntry = { tag: number; value: number; data: Uint8Array };

/** The entries of one directory of an EXIF block. */
function entriesOf(bytes: Uint8Array, at: number, isLittle: boolean): ExifEntry[] {
  if (at + 2 > bytes.length) return [];
  const view = viewOf(bytes);
  const room = Math.floor((bytes.length - at - 2) / 12);
  const count = Math.min(MAX_ENTRIES, room, view.getUint16(at, isLittle));
  return Array.from({ length: count }, (_unused, index) => {
    const entry = at + 2 + index * 12;
    const size = view.getUint32(entry + 4, isLittle);
    const value = view.getUint32(entry + 8, isLittle);
    // Up to four bytes stand in the place of their own address.
    const from = size <= 4 ? entry + 8 : value;
    return { tag: view.getUint16(entry, isLittle), value, data: bytes.subarray(from, from + size) };
  });
}

/** Description and comment of an EXIF block (TIFF 6.0, EXIF 2.32). */
function readExif(bytes: Uint8Array): Map<string, string> {
  const texts = new Map<string, string>();
  const isLittle = startsWith(bytes, 0, "II");
  if (bytes.length < 14 || !(isLittle || startsWith(bytes, 0, "MM"))) return texts;
  const first = entriesOf(bytes, viewOf(bytes).getUint32(4, isLittle), isLittle);
  const inner = first.find(({ tag }) => tag === EXIF_DIRECTORY);
  for (const { tag, data } of [
    ...first,
    ...(inner ? entriesOf(bytes, inner.value, isLittle) : []),
  ]) {
    if (tag === IMAGE_DESCRIPTION) texts.set("description", utf8.decode(data).replace(/\0+$/, ""));
    if (tag === USER_COMMENT) texts.set("comment", readComment(data, isLittle));
  }
  return texts;
}

/** A comment begins with the name of its letters; what says Unicode is UTF-16, either way round. */
function readComment(data: Uint8Array, isLittle: boolean): string {
  const body = data.subarray(8);
  if (!startsWith(data, 0, "UNICODE")) {
    return utf8.decode(startsWith(data, 0, "ASCII") ? body : data).replace(/\0+/g, "");
  }
  // Programs do not agree with the block's own order; plain letters tell by their zeros.
  const zerosAt = (parity: number) =>
    body.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  const isBig = even === odd ? !isLittle : even > odd;
  return new TextDecoder(isBig ? "utf-16be" : "utf-16le").decode(body).replace(/\0+$/, "");
}
