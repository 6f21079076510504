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
     select $1, named.* from (
       values ('', $3::int, $4::int, $7::timestamptz), ($2, $5::int, $6::int, $7::timestamptz)
     ) as named (model, "limit", remaining, "readAt")
     where coalesce(named."limit", named.remaining) is not null
     on conflict ("userId", model) do update
       set "limit" = coalesce(excluded."limit", "RateReading"."limit"),
           remaining = coalesce(excluded.remaining, "RateReading".remaining),
           "readAt" = excluded."readAt"
       where excluded."readAt" >= "RateReading"."readAt"`,
    [userId, model, total.limit, total.remaining, ofModel.limit, ofModel.remaining, readAt],
  );
}

/** Forgets the limits of an account that is no longer the user's. */
export async function deleteRateReadings(userId: UserId): Promise<void> {
  await getDb().rateReading.deleteMany({ where: { userId } });
}

/** Whether a model had no call left for this user at some time since `since`. */
export async function hasNoCallLeft(userId: UserId, model: string, since: Date): Promise<boolean> {
  const rows = await queryNamed(
    "has-no-call-left",
    `select 1 from "RateReading"
     where "userId" = $1 and model = $2 and remaining = 0 and "readAt" >= $3`,
    [userId, model, since],
  );
  return rows.length > 0;
}

/** The readings taken since `since`; the empty model stands for all together. */
export function findRateReadings(userId: UserId, since: Date) {
  return getDb().rateReading.findMany({
    where: { userId, readAt: { gte: since } },
    orderBy: { model: "asc" },
    select: { model: true, limit: true, remaining: true, readAt: true },
  });
}
