import { describe, expect, it } from "vitest";
import { toDelta } from "./answer-delta";
import { readChatDocument, readChatFrame } from "./chat-delta";

const EMPTY = toDelta({});
const choice = (delta: unknown, more: object = {}) => ({ choices: [{ index: 0, delta, ...more }] });
const usage = (fields: object) => ({ choices: [], usage: fields });

describe("one frame of a chat stream", () => {
  const cases: [string, unknown, unknown][] = [
    ["text", choice({ content: "a" }), { ...EMPTY, text: "a" }],
    ["reasoning_content", choice({ reasoning_content: "a" }), { ...EMPTY, reasoning: "a" }],
    ["reasoning", choice({ reasoning: "a" }), { ...EMPTY, reasoning: "a" }],
    [
      "null placeholders",
      choice({ role: null, content: null, reasoning_content: null, tool_calls: null }),
      EMPTY,
    ],
    ["a null delta", choice(null), EMPTY],
    ["a role only", choice({ role: "assistant" }), EMPTY],
    [
      "a finish reason",
      choice({ content: "" }, { finish_reason: "length" }),
      { ...EMPTY, finishReason: "length" },
    ],
    ["a finish reason of null as a word", choice({}, { finish_reason: "null" }), EMPTY],
    [
      "the answer of index 0 only",
      {
        choices: [
          { index: 1, delta: { content: "b" } },
          { index: 0, delta: { content: "a" } },
        ],
      },
      { ...EMPTY, text: "a" },
    ],
    [
      "a message beside the last delta",
      { choices: [{ message: { content: "a" }, delta: {} }] },
      EMPTY,
    ],
    [
      "pieces of tool calls",
      choice({
        tool_calls: [
          { index: 0, id: "call_1", function: { name: "f", arguments: null } },
          { index: 1, id: "", function: { name: null, arguments: "{" } },
          { function: null },
          null,
        ],
      }),
      {
        ...EMPTY,
        tools: [
          { index: 0, id: "call_1", name: "f", arguments: "" },
          { index: 1, id: "", name: "", arguments: "{" },
          { index: null, id: "", name: "", arguments: "" },
        ],
      },
    ],
    [
      "a finish reason that is no word",
      choice({}, { finish_reason: "Bearer x" }),
      { ...EMPTY, finishReason: "other" },
    ],
    ["choices null", { choices: null }, EMPTY],
    ["choices missing", {}, EMPTY],
    ["a number as content", choice({ content: 5 }), EMPTY],
    ["a list", [], EMPTY],
    ["no object", "ping", null],
    ["null", null, null],
  ];
  for (const [name, frame, expected] of cases) {
    it(name, () => expect(readChatFrame(frame)).toEqual(expected));
  }

  const counts: [string, object, unknown][] = [
    [
      "reported",
      { prompt_tokens: 3, completion_tokens: 5 },
      { inputTokens: 3, outputTokens: 5, reasoningTokens: null },
    ],
    [
      "with reasoning",
      {
        prompt_tokens: 3,
        completion_tokens: 5,
        completion_tokens_details: { reasoning_tokens: 2 },
      },
      { inputTokens: 3, outputTokens: 5, reasoningTokens: 2 },
    ],
    ["zeros are a placeholder", { prompt_tokens: 0, completion_tokens: 0 }, null],
    ["negative", { prompt_tokens: -5, completion_tokens: 5 }, null],
    ["too large", { prompt_tokens: 1e21, completion_tokens: 5 }, null],
    ["text", { prompt_tokens: "3", completion_tokens: "5" }, null],
    ["fractions", { prompt_tokens: 3.5, completion_tokens: 5 }, null],
    ["half of it", { prompt_tokens: 3 }, null],
  ];
  for (const [name, fields, expected] of counts) {
    it(`usage: ${name}`, () =>
      expect(readChatFrame(usage(fields))).toEqual({ ...EMPTY, usage: expected }));
  }

  it("a whole completion, with its empty delta", () => {
    const message = {
      content: "a",
      tool_calls: [{ id: "t", function: { name: "f", arguments: "{}" } }],
    };
    const document = { choices: [{ message, delta: { content: "" }, finish_reason: "stop" }] };
    expect(readChatDocument(document)).toEqual({
      ...EMPTY,
      text: "a",
      tools: [{ index: null, id: "t", name: "f", arguments: "{}" }],
      finishReason: "stop",
    });
  });

  it("an error in either shape", () => {
    for (const frame of [
      { choices: [{ delta: {}, finish_reason: "error" }], error: { message: "x" } },
      { error: { message: "insufficient balance" } },
      { errors: { message: "x" } },
    ]) {
      expect(readChatFrame(frame)).toBe("error");
    }
  });

  it("does not touch prototypes", () => {
    readChatFrame(
      JSON.parse(
        '{"__proto__":{"polluted":true},"choices":[{"delta":{"__proto__":{"polluted":true}}}]}',
      ),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
