/** ModelScope's day: all day keys of the ledger are dates in this zone (UTC+8, no summer time). */
export const LEDGER_ZONE = "Asia/Shanghai";
export const HOUR_MS = 60 * 60 * 1000;
const LEDGER_OFFSET_MS = 8 * HOUR_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The calendar date `YYYY-MM-DD` in Asia/Shanghai of an instant; independent of the server's zone. */
export function toLedgerDay(instant: Date): string {
  return new Date(instant.getTime() + LEDGER_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant, 00:00 UTC+8, at which the ledger day of `instant` began. */
export function startOfLedgerDay(instant: Date): Date {
  return new Date(`${toLedgerDay(instant)}T00:00:00+08:00`);
}

/** Whole seconds until the next ledger day begins, at 00:00 UTC+8. */
export function secondsToNextLedgerDay(instant: Date): number {
  const endMs = startOfLedgerDay(instant).getTime() + DAY_MS;
  return Math.ceil((endMs - instant.getTime()) / 1_000);
}

/** The last `count` ledger days up to and with the one of `now`, oldest first. */
export function lastLedgerDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    toLedgerDay(new Date(now.getTime() - (count - 1 - index) * DAY_MS)),
  );
}

/** The hour `YYYY-MM-DDTHH` of an instant in Asia/Shanghai. */
export function toLedgerHour(instant: Date): string {
  return new Date(instant.getTime() + LEDGER_OFFSET_MS).toISOString().slice(0, 13);
}

/** The instant at which a ledger day or hour begins. */
export function startOfLedgerTime(time: string): Date {
  return new Date(time.length === 10 ? `${time}T00:00:00+08:00` : `${time}:00:00+08:00`);
}

/** How many ledger days, or hours, there are from `from` to `to`, both included; 0 where that is backward. */
export function countLedgerTimes(from: string, to: string, bucket: "hour" | "day"): number {
  const ms = startOfLedgerTime(to).getTime() - startOfLedgerTime(from).getTime();
  return Math.max(0, Math.floor(ms / (bucket === "day" ? DAY_MS : HOUR_MS)) + 1);
}

/** All ledger days, or hours, from `from` to `to`, both included. */
export function listLedgerTimes(from: string, to: string, bucket: "hour" | "day"): string[] {
  const [stepMs, nameOf] =
    bucket === "day" ? ([DAY_MS, toLedgerDay] as const) : ([HOUR_MS, toLedgerHour] as const);
  const startMs = startOfLedgerTime(from).getTime();
  return Array.from({ length: countLedgerTimes(from, to, bucket) }, (_, index) =>
    nameOf(new Date(startMs + index * stepMs)),
  );
}

/**
 * The days from `from` to `to`, with whole months, `YYYY-MM`, in place of their days. The month of
 * `today` is whole where `to` is not before today: nothing has happened after it.
 */
export function toLedgerSpans(from: string, to: string, today: string): string[] {
  const end = to >= today ? "9999-12-31" : to;
  const spans = listLedgerTimes(from, to, "day").map((day) => {
    const month = day.slice(0, 7);
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));
    const isWhole = `${month}-01` >= from && last.toISOString().slice(0, 10) <= end;
    return isWhole ? month : day;
  });
  return [...new Set(spans)];
}
