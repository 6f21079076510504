import { describe, expect, it } from "vitest";
import { lastLedgerDays, startOfLedgerDay, toLedgerDay } from "./calendar";

describe("the ledger's day", () => {
  const cases = [
    ["2026-03-07T15:59:59.999Z", "2026-03-07"],
    ["2026-03-07T16:00:00.000Z", "2026-03-08"],
    ["2026-12-31T16:00:00.000Z", "2027-01-01"],
    ["2028-02-28T16:00:00.000Z", "2028-02-29"],
    ["2026-11-01T05:30:00.000Z", "2026-11-01"],
  ] as const;
  for (const [instant, day] of cases) {
    it(`${instant} → ${day}`, () => expect(toLedgerDay(new Date(instant))).toBe(day));
  }

  it("begins at midnight in China", () => {
    for (const instant of ["2026-03-07T16:00:00.000Z", "2026-03-08T15:59:59.999Z"]) {
      expect(startOfLedgerDay(new Date(instant))).toEqual(new Date("2026-03-07T16:00:00.000Z"));
    }
  });

  it("runs back day by day", () => {
    expect(lastLedgerDays(new Date("2026-03-01T00:00:00Z"), 3)).toEqual([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
    ]);
  });
});
