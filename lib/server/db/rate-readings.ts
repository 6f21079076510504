import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

type Reading = { limit: number | null; remaining: number | null };

/** Keeps the last reading of a user's daily limits: of all models together, and of one. */
export async function saveRateReadings(
  userId: UserId,
  model: string,
  { total, model: ofModel, readAt }: { total: Reading; model: Reading; readAt: Date },
): Promise<void> {
  await queryNamed(
    "save-rate-readings",
    `insert into "RateReading" ("userId", model, "limit", remaining, "readAt")
     values ($1, '', $3, $4, $7), ($1, $2, $5, $6, $7)
     on conflict ("userId", model) do update
       set "limit" = excluded."limit", remaining = excluded.remaining, "readAt" = excluded."readAt"`,
    [userId, model, total.limit, total.remaining, ofModel.limit, ofModel.remaining, readAt],
  );
}

/** The readings taken since `since`; the empty model stands for all together. */
export function findRateReadings(userId: UserId, since: Date) {
  return getDb().rateReading.findMany({
    where: { userId, readAt: { gte: since } },
    orderBy: { model: "asc" },
    select: { model: true, limit: true, remaining: true, readAt: true },
  });
}
