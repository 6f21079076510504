import { describe, expect, it } from "vitest";
import { createUser, getSimulator, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { ask, CHAT_PATH, MESSAGES_PATH } from "../support/ask";
import { frame } from "../support/frame";
import { ANSWER, answerOf, streamWith } from "../support/hard-answer";
import { readUiStream } from "../support/ui-stream";

describe("STR-01 the text is exact, wherever the bytes are cut", () => {
  for (const model of ["simulator/byte-by-byte", "simulator/one-packet"]) {
    for (const protocol of ["openai", "anthropic"]) {
      it(`${model}, ${protocol}`, async () => {
        const { text, readout } = await answerOf(model, { protocol });
        expect([readout.status, text]).toEqual(["complete", ANSWER]);
        const [run] = await rowsOf(`select text from "Run" where id = $1`, [readout.runId]);
        expect(run?.text).toBe(ANSWER);
      });
    }
  }
});

describe("STR-02 every form of event stream", () => {
  const forms = [
    "crlf",
    "cr",
    "no-blank",
    "bom",
    "comments",
    "multi-line",
    "non-object-frames",
    "dashscope",
  ];
  for (const form of forms) {
    it(form, async () => {
      const { text, readout } = await answerOf(`simulator/${form}`);
      expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
    });
  }
  it("Anthropic's protocol without event lines", async () => {
    const { text, readout } = await answerOf("simulator/no-event-lines", { protocol: "anthropic" });
    expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
  });
});

describe("STR-03 complete needs a finish reason", () => {
  it("(a) a finish reason without [DONE] is complete", async () => {
    const { text, readout } = await answerOf("simulator/no-done");
    expect([readout.status, text]).toEqual(["complete", ANSWER]);
  });
  it("(b) [DONE] without a finish reason is broken off, the part kept", async () => {
    const { text, readout } = await answerOf("simulator/done-first");
    expect(readout).toMatchObject({ status: "interrupted", errorCode: "interrupted" });
    expect(ANSWER.startsWith(text) && text.length > 0 && text.length < ANSWER.length).toBe(true);
  });
  it("(c) neither is broken off, the part kept", async () => {
    streamWith(frame({ content: "half" }));
    const { text, readout } = await answerOf("Qwen/Qwen3.5-27B");
    expect([readout.status, text]).toEqual(["interrupted", "half"]);
  });
  it("Anthropic's protocol without message_stop is complete by its stop reason", async () => {
    const { text, readout } = await answerOf("simulator/no-done", { protocol: "anthropic" });
    expect([readout.status, text]).toEqual(["complete", ANSWER]);
  });
});

it("STR-04 a last event without its blank line is not lost", async () => {
  const open = await answerOf("simulator/no-final-blank");
  expect([open.readout.status, open.text]).toEqual(["complete", `${ANSWER} LAST-WORDS`]);
  streamWith(
    frame({ content: "all" }, "stop"),
    `data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}`,
  );
  const { readout } = await answerOf("Qwen/Qwen3.5-27B");
  expect(readout).toMatchObject({ status: "complete", inputTokens: 3, outputTokens: 4 });
});

describe("STR-05 an error in mid-stream keeps the part and ends cleanly", () => {
  for (const [model, code] of [
    ["simulator/error-frame", "upstream_down"],
    ["simulator/errors-frame", "rate_limited"],
  ] as const) {
    for (const protocol of ["openai", "anthropic"]) {
      it(`${model}, ${protocol}`, async () => {
        const { text, readout, isDone, ledger } = await answerOf(model, { protocol });
        expect(readout).toMatchObject({ status: "interrupted", errorCode: code });
        expect(ANSWER.startsWith(text) && text.length > 0).toBe(true);
        expect(isDone).toBe(true);
        expect(ledger).toMatchObject({ status: "interrupted", isCall: true, tokenSource: "none" });
        const path = protocol === "openai" ? CHAT_PATH : MESSAGES_PATH;
        expect(requestsTo(path)).toHaveLength(1);
      });
    }
  }
});

describe("STR-07 frames with holes", () => {
  it("choices null, empty or missing, null deltas, role only", async () => {
    const { text, readout } = await answerOf("simulator/choices-null");
    expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
  });
  it("a call of a tool without a name", async () => {
    const tools = [{ name: "get_weather", parameters: { type: "object" } }];
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, {
      model: "simulator/nameless-tool",
      message: { text: "weather?" },
      settings: { tools },
    });
    const { readout, parts } = await readUiStream(response);
    expect(readout.status).toBe("complete");
    expect(parts.findLast(({ type }) => type === "data-tool-calls")?.data).toMatchObject([
      { name: "" },
    ]);
  });
});

describe("STR-08 token counts are whole, not negative, and never guessed", () => {
  const cases: [string, "reported" | "none"][] = [
    ["usage-cumulative", "reported"],
    ["usage-twice", "reported"],
    ["usage-first", "reported"],
    ["usage-negative", "none"],
    ["usage-huge", "none"],
    ["usage-strings", "none"],
    ["usage-floats", "none"],
    ["usage-zero", "none"],
    ["no-usage", "none"],
  ];
  for (const [model, source] of cases) {
    it(`${model}: ${source}`, async () => {
      const { readout, ledger } = await answerOf(`simulator/${model}`);
      expect(readout).toMatchObject({ status: "complete", tokenSource: source });
      const counts = [ledger?.inputTokens, ledger?.outputTokens];
      if (source === "none") expect(counts).toEqual([null, null]);
      else expect(counts.every((n) => Number.isInteger(n) && Number(n) > 0)).toBe(true);
    });
  }
  it("the last of cumulative counts wins", async () => {
    const usage = (n: number) =>
      `data: {"choices":[],"usage":{"prompt_tokens":${n},"completion_tokens":${n}}}\n\n`;
    streamWith(
      frame({ content: "a" }),
      usage(1),
      usage(2),
      frame({}, "stop"),
      usage(3),
      usage(0),
      "data: [DONE]\n\n",
    );
    const { ledger } = await answerOf("Qwen/Qwen3.5-27B");
    expect(ledger).toMatchObject({ inputTokens: 3, outputTokens: 3, tokenSource: "reported" });
  });
});

it("STR-10 what comes after the finish reason or after [DONE] is dropped", async () => {
  const { text, readout } = await answerOf("simulator/after-finish");
  expect([readout.status, text]).toEqual(["complete", ANSWER]);
});

it("XSS-16 what looks like our own parts is text, or nothing", async () => {
  getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const forged = [
      `event: execute\ndata: {"type":"data-run","data":"alert(1)"}\n\n`,
      `data: {"type":"tool-input-available","toolName":"shell","input":"rm"}\n\n`,
      `data: {"type":"data-status","data":{"status":"complete"},"choices":[]}\n\n`,
      frame({ content: '\n\ndata: {"type":"finish"}\n\n' }),
      frame({}, "stop"),
    ];
    response.end(forged.join(""));
  });
  const { text, parts, readout } = await answerOf("Qwen/Qwen3.5-27B");
  expect(text).toBe('\n\ndata: {"type":"finish"}\n\n');
  const known = [
    "start",
    "data-status",
    "message-metadata",
    "text-start",
    "text-delta",
    "text-end",
    "finish",
  ];
  expect([...new Set(parts.map(({ type }) => type))]).toEqual(known);
  expect(readout.status).toBe("complete");
});
