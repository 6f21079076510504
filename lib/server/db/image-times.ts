import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

/** How far back is looked: models get faster and slower. */
const LOOKED_AT = 200;

/** Seconds that ModelScope took for a user's last pictures, by model: the middle of each. */
export async function findUsualSeconds(userId: UserId): Promise<Record<string, number>> {
  const rows = await queryNamed<{ model: string; seconds: number }>(
    "find-usual-seconds",
    `select model, percentile_cont(0.5) within group (order by "timeTakenMs") / 1000 as seconds
     from (select model, "timeTakenMs" from "Image" where "userId" = $1 and status = 'done'
           order by "createdAt" desc limit $2) latest
     where "timeTakenMs" is not null group by model`,
    [userId, LOOKED_AT],
  );
  return Object.fromEntries(rows.map(({ model, seconds }) => [model, seconds]));
}
