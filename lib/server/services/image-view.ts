import "server-only";
import { z } from "zod";
import { imageParamShape } from "@/lib/shared/image-params";
import type { ImageView } from "@/lib/shared/schemas/image";
import { now } from "../clock";
import type { ImageRow } from "../db/images";

const storedParametersSchema = z.object(imageParamShape);

/** Parameters as they were stored; what no longer fits the schema is left out as a whole. */
export function toParameters(stored: unknown): ImageView["parameters"] {
  return storedParametersSchema.safeParse(stored).data ?? {};
}

/** A picture as its owner sees it. */
export function toImageView(row: ImageRow): ImageView {
  const at = now();
  return {
    id: row.id,
    status: row.status,
    errorCode: row.errorCode,
    errorText: row.errorText,
    model: row.model,
    prompt: row.prompt,
    parameters: toParameters(row.parameters),
    uploads: row.uploadIds,
    usedSeed: row.usedSeed,
    width: row.fileWidth,
    height: row.fileHeight,
    sizeBytes: row.sizeBytes,
    mediaType: row.mediaType,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    shared: row.shareLinks.some(({ expiresAt }) => !expiresAt || expiresAt > at),
  };
}
