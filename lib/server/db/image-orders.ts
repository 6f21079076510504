import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/** The user's pictures that wait to be submitted. */
export function countWaiting(userId: UserId): Promise<number> {
  return getDb().image.count({ where: { userId, status: "new" } });
}

/** Takes a click's key from its pictures, so that it can be used anew. */
export async function releaseKey(userId: UserId, batchId: string): Promise<void> {
  await queryNamed(
    "release-key",
    `update "Image" set "idempotencyKey" = id where "userId" = $1 and "batchId" = $2`,
    [userId, batchId],
  );
}

/** What the pictures of one click have in common. */
export type NewBatch = {
  prompt: string;
  bodyHash: string;
  uploadIds: readonly string[];
  kind: "image" | "edit";
  day: string;
  createdAt: Date;
  gridId: string | null;
};
export type NewImage = {
  id: string;
  usageId: string;
  idempotencyKey: string;
  model: string;
  priceHalfCredits: number | null;
  parameters: object;
  gridCell: number | null;
};

const COLUMNS = `id, "userId", "idempotencyKey", "bodyHash", model, prompt, parameters,
  "nextActionAt", "createdAt", kind, "uploadIds", "batchId", "batchIndex", "gridId", "gridCell"`;
// Newest first is then the order of the pictures, too.
const VALUES = `wanted.id, $1, key, $9, wanted.model, $10, parameters_json, now(),
  $12::timestamptz - (place - 1) * interval '1 millisecond', $13::"CallKind",
  $14::text[], $15, place - 1, $16, cell`;

/**
 * Writes the pictures of one click and their open ledger rows in one statement. False where nothing was
 * written: the idempotency key was used before, or every cell of the grid has its picture by now.
 */
export async function insertImages(
  userId: UserId,
  batch: NewBatch,
  images: readonly [NewImage, ...NewImage[]],
): Promise<boolean> {
  const rows = await queryNamed(
    "insert-images",
    `with wanted as (
       select row.*, parameters::jsonb as parameters_json
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[])
         with ordinality as row(id, "usageId", key, parameters, model, price, cell, place)
     ), made as (
       insert into "Image" (${COLUMNS}) select ${VALUES} from wanted order by place
       on conflict do nothing returning id
     ), entry as (
       insert into "UsageEntry" (id, "userId", "imageId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select "usageId", $1, wanted.id, $13::"CallKind", model, 'modelscope', $11, $12,
              price, case when price is null then null else 'listed' end
       from wanted join made using (id)
     )
     select id from made`,
    [
      userId,
      images.map(({ id }) => id),
      images.map(({ usageId }) => usageId),
      images.map(({ idempotencyKey }) => idempotencyKey),
      images.map(({ parameters }) => JSON.stringify(parameters)),
      images.map(({ model }) => model),
      images.map(({ priceHalfCredits }) => priceHalfCredits),
      images.map(({ gridCell }) => gridCell),
      batch.bodyHash,
      batch.prompt,
      batch.day,
      batch.createdAt,
      batch.kind,
      batch.uploadIds,
      images[0].id,
      batch.gridId,
    ],
  );
  return rows.length > 0;
}
