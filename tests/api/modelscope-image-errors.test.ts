import { describe, expect, it } from "vitest";
import type { ErrorCode } from "@/lib/shared/errors";
import { answerWith, createUser, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { imageLedgerRowOf, ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import { tokenOf } from "../support/tokens";

describe("refusals of a picture's submit", () => {
  // An empty account has its picture wait instead: see image-batches.test.ts.
  const byToken: [string, string, ErrorCode][] = [
    ["E1", tokenOf("0099"), "invalid_token"],
    ["E2", tokenOf("0002"), "account_unbound"],
    ["E3", tokenOf("0003"), "account_unverified"],
    ["E11", tokenOf("0006"), "rate_limited"],
    ["E13", tokenOf("0007"), "upstream_down"],
  ];
  for (const [row, name, code] of byToken) {
    // What passes is worth two more tries.
    const submits = code === "rate_limited" ? 3 : 1;
    it(`${row} → ${code}, nothing charged, ${submits} submit(s)`, async () => {
      const user = await createUser({ token: name });
      const { id } = await ordered(user);
      expect(await untilEnded(user, id)).toMatchObject({ status: "failed", errorCode: code });
      expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: false, errorCode: code });
      expect(requestsTo(SUBMIT_PATH)).toHaveLength(submits);
    });
  }

  const byBody: [string, number, unknown, ErrorCode, string | null][] = [
    ["E4", 403, { error: { message: "restricted" } }, "model_unavailable", "restricted"],
    [
      "E5",
      400,
      { error: { message: "Model id : a/b , has no provider supported" } },
      "model_unavailable",
      "Model id : a/b , has no provider supported",
    ],
    [
      "E8, a parameter",
      400,
      { errors: { message: "steps must be at most 50" } },
      "bad_request",
      "steps must be at most 50",
    ],
    [
      "E9",
      429,
      {
        error: {
          message: "You have exceeded today's quota for model X, please try again tomorrow",
        },
      },
      "model_quota_day",
      "You have exceeded today's quota for model X, please try again tomorrow",
    ],
    [
      "E14",
      503,
      { error: { message: "Server is busy, please try again later" } },
      "upstream_down",
      null,
    ],
    [
      "§4.1 sync refused",
      400,
      { errors: { message: "image-gen task currently does not support synchronous calls." } },
      "bad_request",
      "image-gen task currently does not support synchronous calls.",
    ],
    ["§4.7 unknown LoRA", 500, { errors: { message: "模型不存在" } }, "bad_request", "模型不存在"],
    [
      "moderation",
      400,
      {
        error: {
          code: "data_inspection_failed",
          message: "Input data may contain inappropriate content.",
        },
      },
      "content_blocked",
      "Input data may contain inappropriate content.",
    ],
  ];
  for (const [row, status, body, code, text] of byBody) {
    it(`${row} → ${code}`, async () => {
      answerWith(SUBMIT_PATH, status, body);
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { id } = await ordered(user);
      expect(await untilEnded(user, id)).toMatchObject({
        status: "failed",
        errorCode: code,
        errorText: text,
      });
      expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: false, errorCode: code });
      await rowsOf(`delete from "WithdrawnModel"`);
    });
  }

  it("E16 a 200 that is no order is an unknown outcome, never sent again", async () => {
    answerWith(SUBMIT_PATH, 200, {});
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    expect(await untilEnded(user, id)).toMatchObject({
      status: "unknown",
      errorCode: "image_unknown",
    });
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });
});
