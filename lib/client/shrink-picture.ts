import { VISION_LIMITS } from "../shared/models/vision";

/** Media types of the pictures that are taken, as a file choice lists them. */
export const PICTURE_TYPES = "image/png,image/jpeg,image/webp";

export type PictureSize = { width: number; height: number; sizeBytes: number };

export type ShrunkPicture = {
  blob: Blob;
  before: PictureSize;
  after: PictureSize;
};

const JPEG_QUALITIES = [0.92, 0.85, 0.75, 0.6] as const;

/** Sides that fit into the limit, in the same ratio. */
function fitSides(width: number, height: number, maxSide: number) {
  const factor = Math.min(1, maxSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

function hasTransparency(
  context: OffscreenCanvasRenderingContext2D,
  width: number,
  height: number,
) {
  const { data } = context.getImageData(0, 0, width, height);
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
  return false;
}

async function encode(canvas: OffscreenCanvas, isTransparent: boolean): Promise<Blob> {
  if (isTransparent) return canvas.convertToBlob({ type: "image/png" });
  let blob = await canvas.convertToBlob({ type: "image/jpeg", quality: JPEG_QUALITIES[0] });
  for (const quality of JPEG_QUALITIES.slice(1)) {
    if (blob.size <= VISION_LIMITS.maxBytes) return blob;
    blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  }
  return blob;
}

/**
 * A picture that is not larger than vision models use: turned upright, scaled down, without metadata;
 * transparency stays. One that is small enough stays as it is. Throws where it cannot be decoded.
 */
export async function shrinkPicture(file: Blob): Promise<ShrunkPicture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const before = { width: bitmap.width, height: bitmap.height, sizeBytes: file.size };
  const sides = fitSides(bitmap.width, bitmap.height, VISION_LIMITS.maxSide);
  const isSmall = sides.width === bitmap.width && file.size <= VISION_LIMITS.maxBytes;
  if (isSmall) {
    bitmap.close();
    return { blob: file, before, after: before };
  }
  const canvas = new OffscreenCanvas(sides.width, sides.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, sides.width, sides.height);
  bitmap.close();
  const mayBeTransparent = file.type !== "image/jpeg";
  const isTransparent = mayBeTransparent && hasTransparency(context, sides.width, sides.height);
  const blob = await encode(canvas, isTransparent);
  return { blob, before, after: { ...sides, sizeBytes: blob.size } };
}
