import "server-only";
import { queryNamed } from "./pool";

/**
 * Counts one more event under a key in its fixed window and answers the count so far and the whole
 * seconds until the window ends. Shared by all instances and kept over restarts.
 */
export async function countInWindow(
  key: string,
  windowSeconds: number,
): Promise<{ count: number; endsInSeconds: number }> {
  const [row] = await queryNamed<{ count: number; endsInSeconds: number }>(
    "count-in-window",
    `insert into "RateWindow" as w (key, "startedAt", "endsAt", count)
     values ($1, now(), now() + make_interval(secs => $2), 1)
     on conflict (key) do update set
       "startedAt" = case when w."endsAt" <= now() then now() else w."startedAt" end,
       "endsAt" = case when w."endsAt" <= now() then now() + make_interval(secs => $2) else w."endsAt" end,
       count = case when w."endsAt" <= now() then 1 else w.count + 1 end
     returning count, greatest(1, ceil(extract(epoch from "endsAt" - now())))::int as "endsInSeconds"`,
    [key, windowSeconds],
  );
  if (!row) throw new Error("the rate window returned no row");
  return row;
}

export async function deleteExpiredWindows(): Promise<void> {
  await queryNamed("delete-expired-windows", `delete from "RateWindow" where "endsAt" < now()`, []);
}

/** Forgets a key, for instance after the right password. */
export async function clearWindow(key: string): Promise<void> {
  await queryNamed("clear-window", `delete from "RateWindow" where key = $1`, [key]);
}
