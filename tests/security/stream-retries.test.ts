import { afterEach, describe, expect, it } from "vitest";
import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { GET as follow } from "@/app/api/runs/[id]/stream/route";
import { getSettings } from "@/lib/server/env";
import { retryDelayMs } from "@/lib/server/runs/retry";
import { call, createUser, HEALTHY_TOKEN, requestsTo, rowsOf, waitFor } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { ANSWER, answerOf } from "../support/hard-answer";
import { readUiStream } from "../support/ui-stream";

const before = { ...getSettings() };
afterEach(() => {
  Object.assign(getSettings(), before);
});

/** The waits that a reader was told of, in milliseconds. */
const waitsIn = (parts: Awaited<ReturnType<typeof answerOf>>["parts"]): number[] =>
  parts.flatMap(({ type, data }) => {
    const { retryInMs } = Object(data);
    return type === "data-status" && typeof retryInMs === "number" ? retryInMs : [];
  });

describe("STR-21 retries: a passing 429 only, twice at most, before the first byte", () => {
  const honoured: [string, number][] = [
    ["simulator/retry-after-0", 3],
    ["simulator/retry-after-minus", 3],
    ["simulator/retry-after-junk", 3],
    ["simulator/retry-after-none", 3],
  ];
  for (const [model, calls] of honoured) {
    it(`${model}: tried again at once, ${calls} calls`, async () => {
      const { readout, text, parts } = await answerOf(model);
      expect([readout.status, text]).toEqual(["complete", ANSWER]);
      expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
      const waits = waitsIn(parts);
      expect(waits).toHaveLength(calls - 1);
      // The bound doubles once; nothing that the header said was added.
      expect(Math.max(...waits)).toBeLessThanOrEqual(2 * getSettings().RUN_RETRY_MS);
    });
  }
  for (const model of ["simulator/retry-after-2", "simulator/retry-after-date"]) {
    it(`${model}: waits as told, and tells the reader`, async () => {
      const startedMs = performance.now();
      const { readout, parts } = await answerOf(model);
      expect(readout.status).toBe("complete");
      expect(performance.now() - startedMs).toBeGreaterThan(1_500);
      expect(waitsIn(parts)).toHaveLength(2);
    });
  }
  it("a Retry-After of thirty years is cut to 30 s, and Stop ends the wait", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/retry-after-huge" });
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.status);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const params = { id: response.headers.get("x-run-id") ?? "" };
    const second = await call(follow, { user, params });
    await call(stop, { method: "POST", user, params });
    const late = await readUiStream(second);
    expect(waitsIn(late.parts)).toHaveLength(1);
    const { readout, parts } = await readUiStream(response);
    expect(readout.status).toBe("stopped");
    const [waitMs = 0] = waitsIn(parts);
    expect(waitMs).toBeGreaterThan(25_000);
    expect(waitMs).toBeLessThan(31_000);
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });
  it("has full jitter below a doubling bound", () => {
    getSettings().RUN_RETRY_MS = 1_000;
    const draw = (attempt: number) =>
      Array.from({ length: 200 }, () => retryDelayMs(attempt, undefined));
    for (const [attempt, bound] of [
      [0, 1_000],
      [1, 2_000],
    ] as const) {
      const delays = draw(attempt);
      expect(Math.max(...delays)).toBeLessThan(bound);
      expect(Math.max(...delays)).toBeGreaterThan(bound * 0.8);
      expect(Math.min(...delays)).toBeLessThan(bound * 0.2);
    }
    expect(retryDelayMs(0, 7)).toBeGreaterThanOrEqual(7_000);
  });

  const never = ["500", "502", "503", "529", "400", "401", "403", "404"].map(
    (s) => `simulator/status-${s}`,
  );
  for (const model of [...never, "simulator/quota-day", "simulator/no-balance"]) {
    it(`${model} is not tried again`, async () => {
      const { readout } = await answerOf(model);
      expect(readout.status).toBe("failed");
      expect(requestsTo(CHAT_PATH)).toHaveLength(1);
      await rowsOf(`delete from "WithdrawnModel"`);
    });
  }
  it("a 429 after the first byte is not tried again", async () => {
    const { readout } = await answerOf("simulator/errors-frame");
    expect(readout).toMatchObject({ status: "interrupted", errorCode: "rate_limited" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });
});
