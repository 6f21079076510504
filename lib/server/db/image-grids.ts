import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { IMAGE, type ImageRow } from "./images";
import { queryNamed } from "./pool";

/**
 * Whether the picture of this alias was not paid and will not come, so that its cell can be made again.
 * The unique index `Image_grid_cell_key` has the same condition.
 */
export const isFree = (
  image: string,
) => `(${image}.status = 'cancelled' or (${image}.status = 'failed'
  and ${image}."errorCode" is distinct from 'image_copy_failed'))`;

const GRID = { id: true, bodyHash: true, plan: true, createdAt: true } as const;

export type GridRow = { id: string; bodyHash: string; plan: unknown; createdAt: Date };

export function findGrid(userId: UserId, id: string): Promise<GridRow | null> {
  return getDb().imageGrid.findFirst({ where: { id, userId }, select: GRID });
}

export function findGridByKey(userId: UserId, idempotencyKey: string): Promise<GridRow | null> {
  return getDb().imageGrid.findFirst({ where: { userId, idempotencyKey }, select: GRID });
}

/** Takes the key of a grid from it, so that it can be used anew. */
export async function releaseGridKey(userId: UserId, id: string): Promise<void> {
  await getDb().imageGrid.updateMany({ where: { id, userId }, data: { idempotencyKey: id } });
}

export type GridImageRow = ImageRow & { isFree: boolean };

/** The picture of each cell: the one that holds it, else the last that was tried. */
export function findGridImages(userId: UserId, gridId: string): Promise<GridImageRow[]> {
  return queryNamed<GridImageRow>(
    "find-grid-images",
    `select distinct on (i."gridCell") ${IMAGE}, ${isFree("i")} as "isFree" from "Image" i
     where i."userId" = $1 and i."gridId" = $2
     order by i."gridCell", ${isFree("i")}, i.position desc`,
    [userId, gridId],
  );
}

export type NewGrid = {
  id: string;
  idempotencyKey: string;
  bodyHash: string;
  plan: object;
  createdAt: Date;
};

/** Writes a grid; the one of the same key where a request wrote it a moment ago. */
export async function insertGrid(userId: UserId, grid: NewGrid): Promise<GridRow> {
  const { idempotencyKey } = grid;
  await queryNamed(
    "insert-grid",
    `insert into "ImageGrid" (id, "userId", "idempotencyKey", "bodyHash", plan, "createdAt")
     values ($1, $2, $3, $4, $5::jsonb, $6) on conflict do nothing`,
    [grid.id, userId, idempotencyKey, grid.bodyHash, JSON.stringify(grid.plan), grid.createdAt],
  );
  return getDb().imageGrid.findUniqueOrThrow({
    where: { userId_idempotencyKey: { userId, idempotencyKey } },
    select: GRID,
  });
}
