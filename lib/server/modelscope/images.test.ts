import { describe, expect, it } from "vitest";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import { mayHaveArrived } from "./images";

describe("whether a submit that failed may have been accepted, and paid", () => {
  const brokenBy = (code: string) =>
    new AppError("upstream_down", {
      cause: new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }),
    });
  const cases: [string, unknown, boolean][] = [
    ["no headers in time", new AppError("timeout"), true],
    ["a 200 that is no order", new AppError("image_unknown"), true],
    ["a connection that broke", brokenBy("ECONNRESET"), true],
    ["what nobody expected", new Error("?"), true],
    ["a connection that was refused", brokenBy("ECONNREFUSED"), false],
    ["a name that is not known", brokenBy("ENOTFOUND"), false],
    ["a status of its own", new AppError("upstream_down"), false],
    ...(["rate_limited", "bad_request", "redirected"] satisfies ErrorCode[]).map(
      (code): [string, unknown, boolean] => [code, new AppError(code), false],
    ),
  ];
  for (const [about, error, expected] of cases) {
    it(`${about}: ${expected}`, () => expect(mayHaveArrived(error)).toBe(expected));
  }
});
