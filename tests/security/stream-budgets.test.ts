import { afterEach, describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { answerWith, getSimulator, requestsTo, waitFor } from "../support/api";
import { CHAT_PATH } from "../support/ask";
import { frame } from "../support/frame";
import { ANSWER, answerOf, streamWith } from "../support/hard-answer";

const before = { ...getSettings() };
afterEach(() => {
  Object.assign(getSettings(), before);
});

describe("STR-11 a stall is ended in its budget, typed, and its socket closed", () => {
  const budgets = { RUN_FIRST_CONTENT_MS: 150, RUN_IDLE_MS: 150, RUN_HEADERS_MS: 150 };
  const cases: [string, string, boolean, "interrupted" | "failed"][] = [
    ["simulator/stall-headers", "no headers", false, "failed"],
    ["simulator/stall-start", "after the headers", false, "interrupted"],
    ["simulator/stall-role", "after the role", false, "interrupted"],
    ["simulator/stall", "in mid text", true, "interrupted"],
  ];
  for (const [model, about, hasText, status] of cases) {
    it(about, async () => {
      Object.assign(getSettings(), budgets);
      const startedMs = performance.now();
      const { text, readout, ledger } = await answerOf(model);
      expect(performance.now() - startedMs).toBeLessThan(5_000);
      expect(readout).toMatchObject({ status, errorCode: "timeout" });
      expect(text !== "").toBe(hasText);
      expect(ledger).toMatchObject({ status, isCall: status === "interrupted" });
      await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
    });
  }
  it("though keep-alives and frames without content come all the time", async () => {
    Object.assign(getSettings(), { ...budgets, RUN_TOTAL_MS: 4_000 });
    getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(
        () => response.write(`: keep-alive\n\n${frame({ role: "assistant", content: "" })}`),
        20,
      );
      response.on("close", () => clearInterval(timer));
    });
    const startedMs = performance.now();
    const { readout } = await answerOf("Qwen/Qwen3.5-27B");
    expect(readout).toMatchObject({ status: "interrupted", errorCode: "timeout" });
    expect(performance.now() - startedMs).toBeLessThan(3_500);
  });
  it("in all", async () => {
    Object.assign(getSettings(), { RUN_TOTAL_MS: 300 });
    const { readout } = await answerOf("simulator/endless");
    expect(readout).toMatchObject({ status: "interrupted", errorCode: "timeout" });
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
  });
});

it("STR-11 an upstream that stays open after the end is hung up on", async () => {
  getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`${frame({ content: "fine" }, "stop")}data: [DONE]\n\n`);
  });
  const { readout, text } = await answerOf("Qwen/Qwen3.5-27B");
  expect([readout.status, text]).toEqual(["complete", "fine"]);
  await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly, 2_000);
});

describe("STR-17 packed streams", () => {
  for (const model of ["simulator/gzip", "simulator/brotli"]) {
    it(`${model} is unpacked as it comes`, async () => {
      const { text, readout, parts } = await answerOf(model);
      expect([readout.status, text]).toEqual(["complete", ANSWER]);
      expect(parts.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(3);
    });
  }
  it("a wrong encoding is a typed error", async () => {
    const { readout, text } = await answerOf("simulator/gzip-wrong");
    expect([readout.status, readout.errorCode, text]).toEqual(["failed", "upstream_down", ""]);
  });
  it("a bomb ends at the cap", async () => {
    const baseline = process.memoryUsage().rss;
    const { readout } = await answerOf("simulator/gzip-bomb");
    expect(["failed", "interrupted"]).toContain(readout.status);
    expect(readout.errorCode).toBe("upstream_down");
    expect(process.memoryUsage().rss - baseline).toBeLessThan(100_000_000);
  });
  it("short lines without end, and a whole answer that is too long, end at the cap too", async () => {
    Object.assign(getSettings(), { MAX_STREAM_BYTES: 20_000 });
    streamWith(frame({ content: "half" }), ": keep-alive\n\n".repeat(2_000), frame({}, "stop"));
    expect((await answerOf("Qwen/Qwen3.5-27B")).readout.errorCode).toBe("upstream_down");
    const content = "x".repeat(20_000);
    answerWith(CHAT_PATH, 200, { choices: [{ message: { content }, finish_reason: "stop" }] });
    const { readout, text } = await answerOf("Qwen/Qwen3.5-27B");
    expect([readout.status, readout.errorCode, text]).toEqual(["failed", "upstream_down", ""]);
  });
  it("a line of 2 MB ends at the cap", async () => {
    const { readout } = await answerOf("simulator/long-line");
    expect(readout.errorCode).toBe("upstream_down");
  });
});
