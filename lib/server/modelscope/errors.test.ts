import { describe, expect, it } from "vitest";
import { readRefusal, readRetryAfter, toUpstreamError } from "./errors";

describe("the text of a refusal", () => {
  const shapes: [unknown, { message: string; requestId: string | null } | null][] = [
    [{ error: { message: "a", request_id: "1" } }, { message: "a", requestId: "1" }],
    [
      { error: { message: "a" }, request_id: "2" },
      { message: "a", requestId: "2" },
    ],
    [
      { errors: { message: "b" }, request_id: "3" },
      { message: "b", requestId: "3" },
    ],
    [{ errors: { message: "b", request_id: "4" } }, { message: "b", requestId: "4" }],
    [
      { code: "X", message: "c" },
      { message: "c", requestId: null },
    ],
    [
      { Code: 1, Message: "d", RequestId: "5" },
      { message: "d", requestId: "5" },
    ],
    [{ error: "e" }, { message: "e", requestId: null }],
    [{ error: {} }, { message: "", requestId: null }],
    [{ choices: null }, null],
    ["text", null],
    [null, null],
  ];
  for (const [body, expected] of shapes) {
    it(JSON.stringify(body), () => expect(readRefusal(body)).toEqual(expected));
  }
});

describe("a status and body become one of our errors", () => {
  const error = (message: string) => JSON.stringify({ error: { message } });
  const cases: [number, string, string][] = [
    [
      401,
      error("Authentication failed, please make sure that a valid ModelScope token is supplied."),
      "invalid_token",
    ],
    [401, error("Please bind your Alibaba Cloud account before use."), "account_unbound"],
    [401, "", "invalid_token"],
    [403, error("… is real-name verified. …"), "account_unverified"],
    [403, error("restricted"), "model_unavailable"],
    [400, error("Model id : MiniMax/MiniMax-M3 , has no provider supported"), "model_unavailable"],
    [400, error("Invalid model id: x"), "model_unavailable"],
    [400, error("only 1 is allowed for temperature"), "bad_request"],
    [400, error("data_inspection_failed"), "content_blocked"],
    [
      429,
      error("You have exceeded today's quota for model X, please try again tomorrow"),
      "model_quota_day",
    ],
    [429, error("insufficient balance"), "balance_empty"],
    [429, JSON.stringify({ errors: { message: "Request limit exceeded." } }), "rate_limited"],
    [429, "", "rate_limited"],
    [404, "404 page not found", "model_unavailable"],
    [500, "模型不存在", "upstream_down"],
    [502, "<html>", "upstream_down"],
    [418, "", "upstream_down"],
  ];
  for (const [status, body, code] of cases) {
    it(`${status} ${body.slice(0, 60)} → ${code}`, () => {
      expect(toUpstreamError(status, body).code).toBe(code);
    });
  }

  it("never carries the upstream's text, which may echo a token", () => {
    const failure = toUpstreamError(401, error("Bearer ms-canary"));
    expect(
      JSON.stringify({ ...failure, message: failure.message, stack: failure.stack }),
    ).not.toContain("canary");
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-11-25T00:00:00Z");
  const cases: [string | null, number | undefined][] = [
    ["2", 2],
    ["0", undefined],
    ["-1", undefined],
    ["1e9", undefined],
    ["1000000000", 30],
    ["junk", undefined],
    [null, undefined],
    ["Wed, 25 Nov 2026 00:00:05 GMT", 5],
    ["Tue, 24 Nov 2026 00:00:00 GMT", undefined],
  ];
  for (const [header, seconds] of cases) {
    it(`${header} → ${seconds}`, () => expect(readRetryAfter(header, now)).toBe(seconds));
  }
});
