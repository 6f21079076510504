import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

const GRID = { id: true, bodyHash: true, plan: true, createdAt: true } as const;

export type GridRow = { id: string; bodyHash: string; plan: unknown; createdAt: Date };

export function findGrid(userId: UserId, id: string): Promise<GridRow | null> {
  return getDb().imageGrid.findFirst({ where: { id, userId }, select: GRID });
}

export function findGridByKey(userId: UserId, idempotencyKey: string): Promise<GridRow | null> {
  return getDb().imageGrid.findFirst({ where: { userId, idempotencyKey }, select: GRID });
}

/** Writes a grid; the one of the same key where a request wrote it a moment ago. */
export async function insertGrid(
  userId: UserId,
  grid: { id: string; idempotencyKey: string; bodyHash: string; plan: object; createdAt: Date },
): Promise<GridRow> {
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
