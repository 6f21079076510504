import { afterEach, describe, expect, it } from "vitest";
import { GET as getUsage } from "@/app/api/usage/route";
import { getPool } from "@/lib/server/db/pool";
import {
  listLedgerTimes,
  startOfLedgerDay,
  toLedgerDay,
  toLedgerHour,
  toLedgerSpans,
} from "@/lib/shared/calendar";
import type { Usage } from "@/lib/shared/schemas/usage";
import { toUsageQuery } from "@/lib/shared/usage-view";
import { call, createUser, type TestUser } from "../support/api";

const ZONES = [
  "UTC",
  "America/New_York",
  "Asia/Shanghai",
  "Pacific/Kiritimati",
  "Australia/Lord_Howe",
];
/** Both sides of midnight in China on days when clocks elsewhere change, years end, and February has 29 days. */
const EDGES = [
  "2026-03-08",
  "2026-03-29",
  "2026-11-01",
  "2026-12-31",
  "2027-01-01",
  "2028-02-29",
  "2028-03-01",
];

const zoneBefore = process.env.TZ;
afterEach(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

/** Two calls each side of the midnight that begins a day, by a server and a database in a zone. */
async function addEdges(user: TestUser, zone: string): Promise<void> {
  const client = await getPool().connect();
  try {
    await client.query(`set timezone to '${zone}'`);
    for (const day of EDGES) {
      const begin = startOfLedgerDay(new Date(`${day}T04:00:00Z`)).getTime();
      for (const ms of [-3_600_000, -1, 0, 3_599_999]) {
        const at = new Date(begin + ms);
        await client.query(
          `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "startedAt", "firstTokenAt")
           values ($1, $2, 'chat', 'a/b', 'openai', $3, 'complete', true, $4::timestamptz, $4::timestamptz + interval '1 s')`,
          [crypto.randomUUID().replaceAll("-", ""), user.id, toLedgerDay(at), at.toISOString()],
        );
      }
    }
    await client.query("reset timezone");
  } finally {
    client.release();
  }
}

const usageOf = async (user: TestUser, query: string): Promise<Usage> =>
  (await call(getUsage, { user, path: `/api/usage?${query}` })).json();

describe("TIM-04, TIM-10: the ledger's days are China's, wherever server and database stand", () => {
  for (const zone of ZONES) {
    it(zone, async () => {
      process.env.TZ = zone;
      const user = await createUser();
      await addEdges(user, zone);
      for (const day of EDGES) {
        const before = toLedgerDay(new Date(Date.parse(`${day}T04:00:00Z`) - 86_400_000));
        const both = await usageOf(user, `from=${before}&to=${day}`);
        const byHour = await usageOf(user, `from=${before}T23&to=${day}T00&bucket=hour`);
        const own = (await usageOf(user, `from=${day}&to=${day}`)).total.calls;
        expect(byHour.buckets.map(({ at, calls }) => [at, calls])).toEqual([
          [`${before}T23`, 2],
          [`${day}T00`, 2],
        ]);
        expect(own).toBeGreaterThanOrEqual(2);
        expect(both.total.calls).toBeGreaterThanOrEqual(4);
      }
      // Month and year edges: the parts make the whole, and first-token times are read by month and by day.
      const year = await usageOf(user, "from=2026-02-01&to=2027-02-28");
      const parts = [
        "from=2026-02-01&to=2026-11-30",
        "from=2026-12-01&to=2026-12-31",
        "from=2027-01-01&to=2027-02-28",
      ];
      const sums = await Promise.all(parts.map((part) => usageOf(user, part)));
      expect(sums.reduce((sum, { total }) => sum + total.calls, 0)).toBe(year.total.calls);
      expect(year.total.calls).toBe(20);
      expect(year.total.firstToken).toEqual({ p50: 1_000, p95: 1_000, calls: 20 });
      expect(sums.map(({ total }) => total.firstToken?.calls)).toEqual(
        sums.map(({ total }) => total.calls),
      );
      expect(year.hours.reduce((sum, { calls }) => sum + calls, 0)).toBe(20);
      expect(new Set(year.hours.map(({ hour }) => hour))).toEqual(new Set([23, 0]));
    });
  }
});

describe("ranges", () => {
  it("are whole days and hours of China's, also where it is another date elsewhere", () => {
    const now = new Date("2026-03-07T16:00:00.000Z");
    expect(toUsageQuery({ range: "7", from: undefined, to: undefined }, now)).toEqual({
      from: "2026-03-02",
      to: "2026-03-08",
      bucket: "day",
    });
    const day = toUsageQuery({ range: "24h", from: undefined, to: undefined }, now);
    expect(day).toEqual({ from: "2026-03-07T01", to: "2026-03-08T00", bucket: "hour" });
    expect(listLedgerTimes(day.from, day.to, "hour")).toHaveLength(24);
    expect(toLedgerHour(new Date("2026-03-07T15:59:59.999Z"))).toBe("2026-03-07T23");
  });

  it("of one's own are turned where they run backward, and shown by the hour where they are short", () => {
    const now = new Date("2026-03-07T16:00:00.000Z");
    const own = (from: string | undefined, to: string | undefined) =>
      toUsageQuery({ range: "custom", from, to }, now);
    expect(own("2026-03-05", "2026-01-01")).toEqual({
      from: "2026-01-01",
      to: "2026-03-05",
      bucket: "day",
    });
    expect(own("2026-03-04", "2026-03-05")).toMatchObject({ bucket: "hour" });
    expect(own(undefined, undefined)).toMatchObject({ from: "2026-03-08", to: "2026-03-08" });
  });

  it("are read by month where months are whole, and the last one as soon as today is in it", () => {
    expect(toLedgerSpans("2026-08-30", "2026-11-26", "2026-11-26")).toEqual([
      "2026-08-30",
      "2026-08-31",
      "2026-09",
      "2026-10",
      "2026-11",
    ]);
    expect(toLedgerSpans("2028-02-01", "2028-02-29", "2029-01-01")).toEqual(["2028-02"]);
    expect(toLedgerSpans("2028-02-01", "2028-02-28", "2029-01-01")).toHaveLength(28);
  });
});
