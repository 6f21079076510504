import "server-only";
import { inTransaction } from "./pool";

/**
 * Deletes up to `count` settled ledger rows from before an instant, the oldest first, and leaves their sums
 * alone. Answers how many there were.
 */
export function deleteOldCalls(before: Date, count: number): Promise<number> {
  return inTransaction(async (query) => {
    await query("keep-sums", `select set_config('msp.keeps_sums', 'on', true)`, []);
    const rows = await query(
      "delete-old-calls",
      `delete from "UsageEntry" where id in (
         select id from "UsageEntry" where "startedAt" < $1 and status <> 'open'
         order by "startedAt" limit $2)
       returning id`,
      [before, count],
    );
    return rows.length;
  });
}
