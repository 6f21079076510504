/** ModelScope's day: all day keys of the ledger are dates in this zone (UTC+8, no summer time). */
export const LEDGER_ZONE = "Asia/Shanghai";
const LEDGER_OFFSET_MS = 8 * 60 * 60 * 1000;
export const DAY_MS = 24 * 60 * 60 * 1000;

/** The calendar date `YYYY-MM-DD` in Asia/Shanghai of an instant; independent of the server's zone. */
export function toLedgerDay(instant: Date): string {
  return new Date(instant.getTime() + LEDGER_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant, 00:00 UTC+8, at which the ledger day of `instant` began. */
export function startOfLedgerDay(instant: Date): Date {
  return new Date(`${toLedgerDay(instant)}T00:00:00+08:00`);
}

/** The last `count` ledger days up to and with the one of `now`, oldest first. */
export function lastLedgerDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    toLedgerDay(new Date(now.getTime() - (count - 1 - index) * DAY_MS)),
  );
}
