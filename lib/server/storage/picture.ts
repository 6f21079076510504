import "server-only";
import sharp from "sharp";
import { AppError } from "@/lib/shared/errors";
import { addPngTexts } from "@/lib/shared/recipe/png-texts";

export const MAX_PIXELS = 40_000_000;
export const DECODE_TIMEOUT_SECONDS = 10;

sharp.cache(false);
sharp.concurrency(1);
// Only the three formats we accept can be decoded at all; the other loaders had remote holes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadPngFile",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadJpegFile",
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadWebpFile",
    "VipsForeignLoadWebpBuffer",
  ],
});

export type PictureFormat = "png" | "jpeg" | "webp";

export type Picture = {
  bytes: Uint8Array;
  format: PictureFormat;
  mediaType: `image/${PictureFormat}`;
  width: number;
  height: number;
};

/** The format by magic bytes; null for anything but PNG, JPEG and WebP. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  const at = (offset: number, text: string) =>
    text.split("").every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));
  if (at(0, "\x89PNG\r\n\x1a\n")) return "png";
  if (at(0, "\xff\xd8\xff")) return "jpeg";
  if (at(0, "RIFF") && at(8, "WEBP")) return "webp";
  return null;
}

const CHUNK_HEAD_BYTES = 12;

/** A PNG that moves says so in a chunk before its first data. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + CHUNK_HEAD_BYTES <= view.length; ) {
    const type = view.toString("latin1", at + 4, at + 8);
    if (type === "acTL") return true;
    if (type === "IDAT") return false;
    at += CHUNK_HEAD_BYTES + view.readUInt32BE(at);
  }
  return false;
}

/** Throws `picture_too_large` by the header alone, before anything is decoded. */
async function requireSides(input: Uint8Array): Promise<void> {
  const { width, height } = await sharp(input, { limitInputPixels: false }).metadata();
  if (width * height > MAX_PIXELS) throw new AppError("picture_too_large");
}

/**
 * Decodes a picture and encodes it anew in its own format: metadata, trailing bytes and other
 * formats do not survive. Throws `unsupported_picture` for what does not decode or moves, and
 * `picture_too_large` past forty million pixels.
 */
export async function reencodePicture(input: Uint8Array): Promise<Picture> {
  const format = sniffFormat(input);
  if (!format || (format === "png" && isAnimatedPng(input))) {
    throw new AppError("unsupported_picture");
  }
  try {
    await requireSides(input);
    const decoder = sharp(input, { limitInputPixels: MAX_PIXELS, pages: 1, failOn: "error" })
      .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
      .autoOrient();
    const encoder =
      format === "png"
        ? decoder.png({ compressionLevel: 6 })
        : format === "jpeg"
          ? decoder.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
          : decoder.webp({ quality: 95 });
    const { data, info } = await encoder.toBuffer({ resolveWithObject: true });
    return {
      bytes: data,
      format,
      mediaType: `image/${format}`,
      width: info.width,
      height: info.height,
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("unsupported_picture", { cause: error });
  }
}

/** What a picture carries for other programs to read. */
export type PictureTexts = {
  /** By keyword, in a PNG. */
  chunks: Record<string, string>;
  /** In the EXIF part of the other formats; null = none. */
  description: string | null;
  comment: string | null;
  /** In each format. */
  xmp: string;
};

/** What the encoder writes of a comment; it knows plain letters only. */
const PLACEHOLDER = "COMMENT:";
const ASCII_HEAD = "ASCII\0\0\0";
const UNICODE_HEAD = "UNICODE\0";

const toPlaceholder = (comment: string) => PLACEHOLDER.padEnd(comment.length * 2, "-");

/** Puts the comment in the place of its placeholder, in UTF-16 as EXIF has it for all other letters. */
function putComment(bytes: Buffer, comment: string): Buffer {
  const placeholder = toPlaceholder(comment);
  const at = bytes.indexOf(ASCII_HEAD + placeholder, 0, "latin1");
  if (at < 0) return bytes;
  bytes.write(UNICODE_HEAD, at, "latin1");
  const utf16 = Buffer.from(comment.padEnd(placeholder.length / 2), "utf16le").swap16();
  utf16.copy(bytes, at + UNICODE_HEAD.length);
  return bytes;
}

function toExif({ description, comment }: PictureTexts) {
  return {
    IFD0: {
      Software: "ModelScope Playground",
      ...(description !== null && { ImageDescription: description }),
    },
    ...(comment !== null && { IFD2: { UserComment: toPlaceholder(comment) } }),
  };
}

/**
 * A stored picture in another format, with texts in it; what was there before has none. JPEG has white
 * in the place of transparency.
 */
export async function encodePicture(
  bytes: Uint8Array,
  format: PictureFormat,
  texts: PictureTexts,
): Promise<Uint8Array> {
  const decoder = sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .withXmp(texts.xmp);
  if (format === "png") {
    const png = await decoder.png({ compressionLevel: 6 }).toBuffer();
    return addPngTexts(png, texts.chunks);
  }
  const described = decoder.withExif(toExif(texts));
  const encoded =
    format === "webp"
      ? described.webp({ quality: 95 })
      : described.flatten({ background: "#fff" }).jpeg({ quality: 95, chromaSubsampling: "4:4:4" });
  return putComment(await encoded.toBuffer(), texts.comment ?? "");
}

const THUMBNAIL_SIDE = 512;

/** A small picture for lists, its longer side at most 512 px, of one that was made by {@link reencodePicture}. */
export function toThumbnail(bytes: Uint8Array): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .timeout({ seconds: DECODE_TIMEOUT_SECONDS })
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
}
