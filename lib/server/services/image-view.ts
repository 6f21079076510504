import "server-only";
import { z } from "zod";
import { imageParamShape } from "@/lib/shared/image-params";
import type { ImageView } from "@/lib/shared/schemas/image";
import type { ImageRow } from "../db/images";

const storedParametersSchema = z.object(imageParamShape);

/** Parameters as they were stored; what no longer fits the schema is left out as a whole. */
export function toParameters(stored: unknown): ImageView["parameters"] {
  return storedParametersSchema.safeParse(stored).data ?? {};
}

/** A picture as its owner sees it. */
export function toImageView(row: ImageRow): ImageView {
  const { uploadIds, isShared, hasTask, createdAt, submittedAt, endedAt } = row;
  return {
    id: row.id,
    status: row.status,
    errorCode: row.errorCode,
    errorText: row.errorText,
    canCheck: hasTask && (row.status === "unknown" || row.errorCode === "image_copy_failed"),
    model: row.model,
    prompt: row.prompt,
    parameters: toParameters(row.parameters),
    uploads: uploadIds,
    usedSeed: row.usedSeed,
    timeTakenMs: row.timeTakenMs,
    width: row.width,
    height: row.height,
    sizeBytes: row.sizeBytes,
    mediaType: row.mediaType,
    createdAt: createdAt.toISOString(),
    submittedAt: submittedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    shared: isShared,
    isFavourite: row.isFavourite,
    batchId: row.batchId,
    batchIndex: row.batchIndex,
    gridId: row.gridId,
    gridCell: row.gridCell,
  };
}
