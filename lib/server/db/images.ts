import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { Cursor } from "@/lib/shared/cursor";
import type { ImageStatus } from "@/lib/shared/schemas/image";
import { queryNamed } from "./pool";

export type ImageRow = {
  id: string;
  status: ImageStatus;
  errorCode: string | null;
  errorText: string | null;
  model: string;
  prompt: string;
  /** As stored; see `toParameters`. */
  parameters: unknown;
  uploadIds: string[];
  usedSeed: number | null;
  timeTakenMs: number | null;
  width: number | null;
  height: number | null;
  sizeBytes: number | null;
  mediaType: string | null;
  storageKey: string | null;
  thumbKey: string | null;
  bodyHash: string;
  batchId: string;
  batchIndex: number;
  gridId: string | null;
  gridCell: number | null;
  isFavourite: boolean;
  /** A link of it can still be opened anew. */
  isShared: boolean;
  /** ModelScope has it, so it can be asked for it. */
  hasTask: boolean;
  createdAt: Date;
  submittedAt: Date | null;
  endedAt: Date | null;
};

/** The columns of {@link ImageRow}, of the alias `i`. */
export const IMAGE = `i.id, i.status::text as status, i."errorCode", i."errorText", i.model, i.prompt,
  i.parameters, i."uploadIds", i."usedSeed", i."timeTakenMs", i."fileWidth" as width,
  i."fileHeight" as height, i."sizeBytes", i."mediaType", i."storageKey", i."thumbKey", i."bodyHash",
  i."batchId", i."batchIndex", i."gridId", i."gridCell", i."isFavourite", i."taskId" is not null as "hasTask",
  i."createdAt", i."submittedAt", i."endedAt",
  exists (select from "ShareLink" l where l."imageId" = i.id and l."revokedAt" is null
    and (l."expiresAt" is null or l."expiresAt" > now())
    and (l."maxViews" is null or l."viewCount" < l."maxViews")) as "isShared"`;

export async function findImage(userId: UserId, id: string): Promise<ImageRow | null> {
  const [row] = await queryNamed<ImageRow>(
    "find-image",
    `select ${IMAGE} from "Image" i where i.id = $2 and i."userId" = $1`,
    [userId, id],
  );
  return row ?? null;
}

/** More than one click can order. */
const MAX_OF_CLICK = 64;

/** The keys of a click's pictures; see `insertImages`. */
const keysOf = (key: string) =>
  Array.from({ length: MAX_OF_CLICK }, (_none, index) => (index === 0 ? key : `${key} ${index}`));

/** The first picture of a click's key that is still there. */
export async function findImageByKey(
  userId: UserId,
  idempotencyKey: string,
): Promise<ImageRow | null> {
  const [row] = await queryNamed<ImageRow>(
    "find-image-by-key",
    `select ${IMAGE} from "Image" i where i."userId" = $1
       and i."idempotencyKey" = any($2) order by i."batchIndex" limit 1`,
    [userId, keysOf(idempotencyKey)],
  );
  return row ?? null;
}

/** The pictures of one click, in order. */
export function findBatch(userId: UserId, batchId: string): Promise<ImageRow[]> {
  return queryNamed<ImageRow>(
    "find-batch",
    `select ${IMAGE} from "Image" i where i."userId" = $1 and i."batchId" = $2
     order by i."batchIndex"`,
    [userId, batchId],
  );
}

/** What a list of pictures is narrowed to; null = everything. */
export type ImageFilter = {
  statuses: readonly ImageStatus[] | null;
  isFavourite: boolean;
  model: string | null;
  /** Words in small letters, each to be found in prompt, model or as the seed; taken literally. */
  words: readonly string[];
  from: Date | null;
  to: Date | null;
};

/** Newest first, `take` rows after the cursor. */
export function findImages(
  userId: UserId,
  filter: ImageFilter,
  cursor: Cursor | null,
  take: number,
): Promise<ImageRow[]> {
  return queryNamed<ImageRow>(
    "find-images",
    `select ${IMAGE} from "Image" i
     where i."userId" = $1
       and ($2::timestamptz is null or (i."createdAt", i.id) < ($2, $3))
       and ($4::text[] is null or i.status = any($4::text[]::"ImageStatus"[]))
       and (not $5 or i."isFavourite")
       and ($6::text is null or i.model = $6)
       and not exists (select from unnest($7::text[]) word where
         position(word in lower(i.prompt)) = 0 and position(word in lower(i.model)) = 0
         and coalesce(i."usedSeed"::text, i.parameters->>'seed', '') <> word)
       and ($8::timestamptz is null or i."createdAt" >= $8)
       and ($9::timestamptz is null or i."createdAt" < $9)
     order by i."createdAt" desc, i.id desc limit $10`,
    [
      userId,
      cursor?.at ?? null,
      cursor?.id ?? null,
      filter.statuses,
      filter.isFavourite,
      filter.model,
      filter.words,
      filter.from,
      filter.to,
      take,
    ],
  );
}

/** The finished pictures before and after one in the gallery. */
export async function findNeighbours(
  userId: UserId,
  { id, createdAt }: Pick<ImageRow, "id" | "createdAt">,
): Promise<{ newerId: string | null; olderId: string | null }> {
  const [row] = await queryNamed<{ newerId: string | null; olderId: string | null }>(
    "find-neighbours",
    `select
       (select i.id from "Image" i where i."userId" = $1 and i.status = 'done'
          and (i."createdAt", i.id) > ($2, $3) order by i."createdAt", i.id limit 1) as "newerId",
       (select i.id from "Image" i where i."userId" = $1 and i.status = 'done'
          and (i."createdAt", i.id) < ($2, $3)
        order by i."createdAt" desc, i.id desc limit 1) as "olderId"`,
    [userId, createdAt, id],
  );
  return row ?? { newerId: null, olderId: null };
}

/** Pictures in each group of the gallery, and the models they were made with. */
export async function countImages(userId: UserId): Promise<{
  all: number;
  active: number;
  favourite: number;
  attention: number;
}> {
  const [row] = await queryNamed<{
    all: number;
    active: number;
    favourite: number;
    attention: number;
  }>(
    "count-images",
    // Each by an index of its own; the statuses stand here as they stand there.
    `select
       (select count(*)::int from "Image" where "userId" = $1) as all,
       (select count(*)::int from "Image" where "userId" = $1
          and status in ('new', 'submitting', 'submitted', 'polling', 'fetching')) as active,
       (select count(*)::int from "Image" where "userId" = $1 and "isFavourite") as favourite,
       (select count(*)::int from "Image" where "userId" = $1
          and status in ('unknown', 'failed', 'needs_token')) as attention`,
    [userId],
  );
  return row ?? { all: 0, active: 0, favourite: 0, attention: 0 };
}

/** Ids of LoRAs in the user's pictures, the last ones first. */
export async function findLoras(userId: UserId): Promise<string[]> {
  const rows = await queryNamed<{ id: string }>(
    "find-loras",
    `select lora->>'id' as id from "Image" i
       cross join lateral jsonb_array_elements(i.parameters->'loras') lora
     where i."userId" = $1 and jsonb_typeof(i.parameters->'loras') = 'array'
     group by 1 order by max(i."createdAt") desc limit 50`,
    [userId],
  );
  return rows.map(({ id }) => id);
}

/** Sets or takes away the star of pictures. False, and nothing changes, where one is not the user's. */
export async function setFavourite(
  userId: UserId,
  ids: string[],
  isFavourite: boolean,
): Promise<boolean> {
  const rows = await queryNamed(
    "set-favourite",
    `with own as materialized (
       select id from "Image" where "userId" = $1 and id = any($2) for update
     )
     update "Image" set "isFavourite" = $3 where id in (select id from own)
       and (select count(*) from own) = cardinality($2::text[]) returning id`,
    [userId, ids, isFavourite],
  );
  return rows.length === ids.length;
}

export type DeletedImage = {
  storageKey: string | null;
  thumbKey: string | null;
  uploadIds: string[];
};

/**
 * Deletes pictures with their links. Open ledger rows are settled as unknown: calls where ModelScope had
 * taken them. Null, and nothing is deleted, where one of `ids` is not the user's.
 */
export async function deleteImages(userId: UserId, ids: string[]): Promise<DeletedImage[] | null> {
  const rows = await queryNamed<DeletedImage>(
    "delete-images",
    `with own as materialized (
       select id from "Image" where "userId" = $1 and id = any($2) for update
     ), image as (
       delete from "Image" where id in (select id from own)
         and (select count(*) from own) = cardinality($2::text[])
       returning id, "storageKey", "thumbKey", "uploadIds", "taskId", "gridId"
     ), entry as (
       update "UsageEntry" u set status = 'unknown', "isCall" = image."taskId" is not null,
              "endedAt" = now()
       from image where u."imageId" = image.id and u.status = 'open'
     ), grid as (
       delete from "ImageGrid" g where g."userId" = $1 and g.id in (select "gridId" from image)
         and not exists (select from "Image" o where o."gridId" = g.id
                           and o.id not in (select id from image))
     )
     select "storageKey", "thumbKey", "uploadIds" from image`,
    [userId, ids],
  );
  return rows.length === ids.length ? rows : null;
}
