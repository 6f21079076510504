import { describe, expect, it } from "vitest";
import { Secret } from "@/lib/shared/secret";
import { isWithdrawal, readRefusal, readRetryAfter, toUpstreamError } from "./errors";

describe("what a refusal says", () => {
  const refusal = (message: string, requestId = "", code = "") => ({ message, code, requestId });
  const shapes: [unknown, ReturnType<typeof readRefusal>][] = [
    [{ error: { message: "a", request_id: "1" } }, refusal("a", "1")],
    [{ error: { message: "a" }, request_id: "2" }, refusal("a", "2")],
    [{ errors: { message: "b" }, request_id: "3" }, refusal("b", "3")],
    [{ errors: { message: "b", request_id: "4" } }, refusal("b", "4")],
    [
      { error: { message: "a", code: "insufficient_quota" } },
      refusal("a", "", "insufficient_quota"),
    ],
    [
      { type: "error", error: { type: "invalid_request_error", message: "a" } },
      refusal("a", "", "invalid_request_error"),
    ],
    [{ code: "X", message: "c" }, refusal("c", "", "X")],
    [{ Code: 1, Message: "d", RequestId: "5" }, refusal("d", "5")],
    [{ error: "e" }, refusal("e")],
    [{ error: {} }, refusal("")],
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
    [
      401,
      JSON.stringify({
        error: { code: "invalid_api_key", message: "Incorrect API key provided." },
      }),
      "model_unavailable",
    ],
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
    [404, "404 page not found", "upstream_down"],
    [404, error("no such model"), "model_unavailable"],
    [500, "模型不存在", "bad_request"],
    [429, error("insufficient balance (1008)"), "model_unavailable"],
    [429, error("Model id : a/b , has no provider supported"), "model_unavailable"],
    [500, error("No choices"), "model_unavailable"],
    [0, error("insufficient balance"), "balance_empty"],
    [0, error("Request limit exceeded."), "rate_limited"],
    [0, error("You have exceeded today's quota for model X"), "model_quota_day"],
    [0, error("Model inference failed"), "upstream_down"],
    [413, error("too long"), "bad_request"],
    [422, error("n is not an integer"), "bad_request"],
    [502, "<html>", "upstream_down"],
    [418, "", "upstream_down"],
  ];
  for (const [status, body, code] of cases) {
    it(`${status} ${body.slice(0, 60)} → ${code}`, () => {
      expect(toUpstreamError(status, body, { token: null }).code).toBe(code);
    });
  }

  const token = new Secret("ms-00000000-0000-4000-8000-000000000001");

  it("says nothing of a refused token: its text may echo it", () => {
    const failure = toUpstreamError(401, error(`Bearer ${token.reveal()}`), { token });
    expect([failure.upstreamText, failure.upstreamRequestId]).toEqual([null, null]);
  });

  const words: [string, string | null][] = [
    ["only 1 is allowed for temperature", "only 1 is allowed for temperature"],
    ["two\n  lines", "two lines"],
    ["got Bearer abc.def here", "got … here"],
    ["key ms_oauthABC refused", "key … refused"],
    ["key ms-0123abcd-9 refused", "key … refused"],
    [`header ${token.reveal()}`, null],
    [`header ${token.reveal().slice(3)}`, null],
    ["x".repeat(1_000), "x".repeat(300)],
    ["", null],
  ];
  for (const [message, shown] of words) {
    it(`shows ${JSON.stringify(message.slice(0, 40))} as ${shown?.slice(0, 40)}`, () => {
      expect(toUpstreamError(400, error(message), { token }).upstreamText).toBe(shown);
    });
  }

  it("keeps a request id, but not one that is the token", () => {
    const read = (id: string) =>
      toUpstreamError(400, JSON.stringify({ error: { message: "a" }, request_id: id }), { token })
        .upstreamRequestId;
    expect(read("ff94802f-3320-45fe-b3e6-2eaf05a593e4")).toBe(
      "ff94802f-3320-45fe-b3e6-2eaf05a593e4",
    );
    expect(read(token.reveal().slice(3))).toBeNull();
    expect(read("two words")).toBeNull();
  });
});

describe("a withdrawal", () => {
  const refusal = (message: string, status = 400) =>
    toUpstreamError(status, JSON.stringify({ error: { message } }), { token: null });
  const cases: [string, string, boolean][] = [
    ["Model id : a/b , has no provider supported", "a/b", true],
    ["Model id: a/b, has no provider supported", "a/b", true],
    ["Model id : a/c , has no provider supported", "a/b", false],
    ["'Model id : a/b , has no provider supported' is not one of ['object']", "a/b", false],
    ["Model id : a/b:DashScope , has no provider supported", "a/b:DashScope", false],
    ["Invalid model id: a/b", "a/b", false],
  ];
  for (const [message, model, expected] of cases) {
    it(`${message} for ${model}: ${expected}`, () => {
      expect(isWithdrawal(refusal(message), model)).toBe(expected);
    });
  }
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
  it("a date is waited for to its end, not a second less", () => {
    const later = new Date(now.getTime() + 4_700);
    expect(readRetryAfter("Wed, 25 Nov 2026 00:00:05 GMT", later)).toBe(1);
  });
});
