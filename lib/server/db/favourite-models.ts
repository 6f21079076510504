import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

export async function insertFavourite(userId: UserId, model: string): Promise<void> {
  await queryNamed(
    "insert-favourite",
    `insert into "FavouriteModel" ("userId", model) values ($1, $2) on conflict do nothing`,
    [userId, model],
  );
}

export async function deleteFavourite(userId: UserId, model: string): Promise<void> {
  await getDb().favouriteModel.deleteMany({ where: { userId, model } });
}

export async function countFavourites(userId: UserId): Promise<number> {
  return getDb().favouriteModel.count({ where: { userId } });
}

export async function findFavourites(userId: UserId): Promise<string[]> {
  const rows = await getDb().favouriteModel.findMany({
    where: { userId },
    select: { model: true },
  });
  return rows.map(({ model }) => model);
}

/** The models a user called last, newest first. */
export async function findRecentModels(
  userId: UserId,
  take: number,
): Promise<{ model: string; lastUsedAt: Date }[]> {
  return queryNamed(
    "find-recent-models",
    `select model, max("startedAt") as "lastUsedAt"
     from (select model, "startedAt" from "UsageEntry" where "userId" = $1
           order by "startedAt" desc, id limit 500) recent
     group by model order by "lastUsedAt" desc limit $2`,
    [userId, take],
  );
}
