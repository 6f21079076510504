const SIGNATURE_BYTES = 8;
const encoder = new TextEncoder();

/** CRC-32 as a PNG has it (PNG specification, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** One iTXt chunk, not packed: any text, as UTF-8. */
function toChunk(keyword: string, text: string): Uint8Array {
  const data = encoder.encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(data.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length - 4);
  chunk.set(data, 4);
  view.setUint32(data.length + 4, crc32(data));
  return chunk;
}

/** A PNG with texts put after its first chunk, each under its keyword of 1 to 79 Latin letters. */
export function addPngTexts(png: Uint8Array, texts: Record<string, string>): Uint8Array {
  const headLength = new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE_BYTES) + 12;
  const at = SIGNATURE_BYTES + headLength;
  const chunks = Object.entries(texts).map(([keyword, text]) => toChunk(keyword, text));
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, png.length);
  const bytes = new Uint8Array(size);
  bytes.set(png.subarray(0, at));
  let offset = at;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  bytes.set(png.subarray(at), offset);
  return bytes;
}
