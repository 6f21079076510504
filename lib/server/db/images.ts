import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import type { Cursor } from "./cursor";
import { queryNamed } from "./pool";

const IMAGE = {
  id: true,
  status: true,
  errorCode: true,
  errorText: true,
  model: true,
  prompt: true,
  parameters: true,
  uploadIds: true,
  usedSeed: true,
  fileWidth: true,
  fileHeight: true,
  sizeBytes: true,
  mediaType: true,
  storageKey: true,
  bodyHash: true,
  createdAt: true,
  endedAt: true,
  shareLinks: {
    where: { revokedAt: null },
    select: { expiresAt: true },
  },
} as const;

export type ImageRow = NonNullable<Awaited<ReturnType<typeof findImage>>>;

export function findImage(userId: UserId, id: string) {
  return getDb().image.findFirst({ where: { id, userId }, select: IMAGE });
}

export function findImageByKey(userId: UserId, idempotencyKey: string) {
  return getDb().image.findFirst({ where: { userId, idempotencyKey }, select: IMAGE });
}

/** Newest first, `take` rows after the cursor. */
export function findImages(userId: UserId, cursor: Cursor | null, take: number) {
  return getDb().image.findMany({
    where: {
      userId,
      ...(cursor && {
        OR: [{ createdAt: { lt: cursor.at } }, { createdAt: cursor.at, id: { lt: cursor.id } }],
      }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    select: IMAGE,
  });
}

/**
 * Writes a picture task and its open ledger row in one statement. False where the idempotency key
 * was used before; then nothing is written.
 */
export async function insertImage(
  userId: UserId,
  image: {
    id: string;
    usageId: string;
    idempotencyKey: string;
    bodyHash: string;
    model: string;
    prompt: string;
    parameters: object;
    uploadIds: string[];
    kind: "image" | "edit";
    priceHalfCredits: number | null;
    day: string;
    createdAt: Date;
  },
): Promise<boolean> {
  const rows = await queryNamed(
    "insert-image",
    `with image as (
       insert into "Image" (id, "userId", "idempotencyKey", "bodyHash", model, prompt, parameters,
                            "nextActionAt", "createdAt", kind, "uploadIds")
       values ($1, $2, $4, $5, $6, $7, $8::jsonb, now(), $10, $11::"CallKind", $12::text[])
       on conflict ("userId", "idempotencyKey") do nothing
       returning id
     ), entry as (
       insert into "UsageEntry" (id, "userId", "imageId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select $3, $2, $1, $11::"CallKind", $6, 'modelscope', $9, $10,
              $13, case when $13::int is null then null else 'listed' end from image
     )
     select id from image`,
    [
      image.id,
      userId,
      image.usageId,
      image.idempotencyKey,
      image.bodyHash,
      image.model,
      image.prompt,
      JSON.stringify(image.parameters),
      image.day,
      image.createdAt,
      image.kind,
      image.uploadIds,
      image.priceHalfCredits,
    ],
  );
  return rows.length === 1;
}

/**
 * Deletes a picture with its links. An open ledger row is settled as unknown: a call where ModelScope
 * had taken it. Answers the storage key (null where it had no file), undefined where there is none.
 */
export async function deleteImage(userId: UserId, id: string): Promise<string | null | undefined> {
  const [row] = await queryNamed<{ storageKey: string | null }>(
    "delete-image",
    `with image as (
       delete from "Image" where id = $1 and "userId" = $2 returning id, "storageKey", "taskId"
     ), entry as (
       update "UsageEntry" u set status = 'unknown', "isCall" = image."taskId" is not null,
              "endedAt" = now()
       from image where u."imageId" = image.id and u.status = 'open'
     )
     select "storageKey" from image`,
    [id, userId],
  );
  return row === undefined ? undefined : row.storageKey;
}
