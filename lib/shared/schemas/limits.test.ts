import { expect, it } from "vitest";
import { readLimit } from "./limits";

it.each([
  ["", null],
  ["  ", null],
  ["0", 0],
  ["12", 12],
  ["１２", 12],
  ["2.5", 2.5],
  ["2,5", 2.5],
  ["1,000", 1_000],
  ["1，000", 1_000],
  ["12,000.5", 12_000.5],
  ["1,000,000", 1_000_000],
  ["2.500", Number.NaN],
  ["1,00", Number.NaN],
  ["1 000", Number.NaN],
  ["1e3", Number.NaN],
  ["-1", Number.NaN],
  ["many", Number.NaN],
])("a limit typed as %j is %s", (text, limit) => {
  expect(readLimit(text)).toBe(limit);
});
