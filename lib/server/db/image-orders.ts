import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/** The user's pictures that wait to be submitted. */
export function countWaiting(userId: UserId): Promise<number> {
  return getDb().image.count({ where: { userId, status: "new" } });
}

/** What the pictures of one click have in common. */
export type NewBatch = {
  model: string;
  prompt: string;
  bodyHash: string;
  uploadIds: readonly string[];
  kind: "image" | "edit";
  priceHalfCredits: number | null;
  day: string;
  createdAt: Date;
};
export type NewImage = { id: string; usageId: string; idempotencyKey: string; parameters: object };

const COLUMNS = `id, "userId", "idempotencyKey", "bodyHash", model, prompt, parameters,
  "nextActionAt", "createdAt", kind, "uploadIds", "batchId", "batchIndex"`;
// Newest first is then the order of the pictures, too.
const VALUES = `wanted.id, $1, key, $6, $7, $8, parameters_json, now(),
  $10::timestamptz - (place - 1) * interval '1 millisecond', $11::"CallKind",
  $12::text[], $14, place - 1`;

/**
 * Writes the pictures of one click and their open ledger rows in one statement. False where the
 * idempotency key was used before; then nothing is written.
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
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
         as row(id, "usageId", key, parameters, place)
     ), first as (
       insert into "Image" (${COLUMNS}) select ${VALUES} from wanted where place = 1
       on conflict ("userId", "idempotencyKey") do nothing returning id
     ), rest as (
       insert into "Image" (${COLUMNS}) select ${VALUES} from wanted, first
       where place > 1 order by place
     ), entry as (
       insert into "UsageEntry" (id, "userId", "imageId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select "usageId", $1, wanted.id, $11::"CallKind", $7, 'modelscope', $9, $10,
              $13, case when $13::int is null then null else 'listed' end from wanted, first
     )
     select id from first`,
    [
      userId,
      images.map(({ id }) => id),
      images.map(({ usageId }) => usageId),
      images.map(({ idempotencyKey }) => idempotencyKey),
      images.map(({ parameters }) => JSON.stringify(parameters)),
      batch.bodyHash,
      batch.model,
      batch.prompt,
      batch.day,
      batch.createdAt,
      batch.kind,
      batch.uploadIds,
      batch.priceHalfCredits,
      images[0].id,
    ],
  );
  return rows.length === 1;
}
