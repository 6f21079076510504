import { describe, expect, it } from "vitest";
import { readRateLimits } from "./rate-limits";

const NAMES = [
  "requests-limit",
  "requests-remaining",
  "model-requests-limit",
  "model-requests-remaining",
] as const;
const unknown = { limit: null, remaining: null };

const read = (values: readonly (string | null)[], prefix = "modelscope-ratelimit-") =>
  readRateLimits(
    new Headers(
      NAMES.flatMap((name, index): [string, string][] => {
        const value = values[index] ?? null;
        return value === null ? [] : [[prefix + name, value]];
      }),
    ),
  );

describe("TIM-08 the four limit headers", () => {
  const whole = { total: { limit: 2000, remaining: 500 }, model: { limit: 500, remaining: 20 } };
  it("are read, also with LiteLLM's prefix", () => {
    const values = ["2000", "500", "500", "20"];
    expect(read(values)).toEqual(whole);
    expect(read(values, "llm_provider-modelscope-ratelimit-")).toEqual(whole);
  });

  const cases: [string, (string | null)[], unknown][] = [
    ["missing", [], null],
    ["junk", ["many", "-1", "", "1.5"], null],
    [
      "only one",
      [null, null, "200", null],
      { total: unknown, model: { limit: 200, remaining: null } },
    ],
    [
      "more left than there are",
      ["100", "500", "5", "1"],
      { total: unknown, model: { limit: 5, remaining: 1 } },
    ],
    [
      "none left",
      ["2000", "0", null, null],
      { total: { limit: 2000, remaining: 0 }, model: unknown },
    ],
    ["too large", ["99999999999999999999", null, null, null], null],
  ];
  for (const [name, values, expected] of cases) {
    it(name, () => expect(read(values)).toEqual(expected));
  }
});
