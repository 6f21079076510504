import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { isFree } from "./image-grids";
import { type ReachedLimit, reserved } from "./limits";
import { inTransaction, type Query, queryNamed } from "./pool";

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
  idempotencyKey: string;
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
  model: string;
  priceHalfCredits: number | null;
  priceSource: "listed" | "estimated" | null;
  parameters: object;
  gridCell: number | null;
};

/** A caller's key is that of the first picture; no key of a caller's has a blank in it. */
const KEY = `$4 || case when number = 1 then '' else ' ' || (number - 1) end`;

const COLUMNS = `id, "userId", "idempotencyKey", "bodyHash", model, prompt, parameters,
  "nextActionAt", "createdAt", kind, "uploadIds", "batchId", "batchIndex", "gridId", "gridCell"`;
// Newest first is then the order of the pictures, too.
const VALUES = `wanted.id, $1, ${KEY}, $9, wanted.model, $10, parameters_json, now(),
  $12::timestamptz - (number - 1) * interval '1 millisecond', $13::"CallKind",
  $14::text[], (select id from wanted where number = 1), number - 1, $15, cell`;

const INSERT = `with asked as materialized (
    select row.*, parameters::jsonb as parameters_json, row_number() over (order by place) as number
    from unnest($2::text[], $3::text[], $5::text[], $6::text[], $7::int[], $8::int[], $16::text[])
      with ordinality as row(id, "usageId", parameters, model, price, cell, source, place)
    where $15::text is null or not exists (
      select from "Image" i where i."gridId" = $15 and i."gridCell" = cell and not ${isFree("i")})
  ), ${reserved(
    1,
    11,
    "(select count(*)::int from asked)",
    "(select coalesce(sum(price), 0)::int from asked)",
    "(select count(*)::int from asked)",
  )}, wanted as (
    select asked.* from asked, reserved where fault is null
  ), first as (
    insert into "Image" (${COLUMNS}) select ${VALUES} from wanted where number = 1
    on conflict ("userId", "idempotencyKey") do nothing returning id
  ), rest as (
    insert into "Image" (${COLUMNS}) select ${VALUES} from wanted, first
    where number > 1 order by number
  ), entry as (
    insert into "UsageEntry" (id, "userId", "imageId", kind, model, protocol, day, "startedAt",
                              "priceHalfCredits", "priceSource")
    select "usageId", $1, wanted.id, $13::"CallKind", model, 'modelscope', $11, $12,
           price, source
    from wanted, first
  )
  select fault, first.id from reserved left join first on true`;

/** The id of the first picture; null where nothing was written, for the limit in `fault` where there is one. */
export type WrittenBatch = { fault: ReachedLimit | null; id: string | null };

/**
 * Writes the pictures of one click and their open ledger rows, all or none. Nothing is written where the
 * idempotency key was used before, every cell of the grid has its picture by now, or it would break a limit.
 */
export async function insertImages(
  userId: UserId,
  batch: NewBatch,
  images: readonly NewImage[],
): Promise<WrittenBatch> {
  const values = [
    userId,
    images.map(({ id }) => id),
    images.map(({ usageId }) => usageId),
    batch.idempotencyKey,
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
    batch.gridId,
    images.map(({ priceSource }) => priceSource),
  ];
  const insert = async (query: Query): Promise<WrittenBatch> => {
    const [row] = await query<WrittenBatch>("insert-images", INSERT, values);
    if (!row) throw new Error("a reservation has one row");
    return row;
  };
  if (batch.gridId === null) return insert(queryNamed);
  // One click at a time: which cells are free is asked once the grid's row is held.
  return inTransaction(async (query) => {
    await query("hold-grid", `select id from "ImageGrid" where id = $1 for update`, [batch.gridId]);
    return insert(query);
  });
}
