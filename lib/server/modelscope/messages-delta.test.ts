import { describe, expect, it } from "vitest";
import { toDelta } from "./answer-delta";
import { createMessagesReader } from "./messages-delta";

const read = (...frames: unknown[]) => frames.map(createMessagesReader());

describe("one frame of Anthropic's stream", () => {
  const cases: [string, unknown, unknown][] = [
    ["ping", { type: "ping" }, toDelta({})],
    [
      "text",
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "a" } },
      toDelta({ text: "a" }),
    ],
    [
      "thinking",
      { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "a" } },
      toDelta({ reasoning: "a" }),
    ],
    [
      "a tool",
      {
        type: "content_block_start",
        index: 2,
        content_block: { type: "tool_use", id: "toolu_1", name: "f", input: {} },
      },
      toDelta({ tools: [{ index: 2, id: "toolu_1", name: "f", arguments: "" }] }),
    ],
    [
      "a piece of its input",
      {
        type: "content_block_delta",
        index: 2,
        delta: { type: "input_json_delta", partial_json: "{" },
      },
      toDelta({ tools: [{ index: 2, id: "", name: "", arguments: "{" }] }),
    ],
    ["the end", { type: "message_stop" }, toDelta({ isEnd: true })],
    ["an error", { type: "error", error: { type: "overloaded_error", message: "x" } }, "error"],
    ["no object", 5, null],
    ["a null delta", { type: "content_block_delta", delta: null }, toDelta({})],
    [
      "a whole message",
      {
        type: "message",
        content: [
          { type: "thinking", thinking: "w" },
          { type: "text", text: "a" },
          { type: "tool_use", id: "t", name: "f", input: { x: 1 } },
        ],
        stop_reason: "end_turn",
        usage: { input_tokens: 3, output_tokens: 5 },
      },
      toDelta({
        text: "a",
        reasoning: "w",
        tools: [{ index: 2, id: "t", name: "f", arguments: '{"x":1}' }],
        finishReason: "end_turn",
        usage: { inputTokens: 3, outputTokens: 5, reasoningTokens: null },
        isEnd: true,
      }),
    ],
  ];
  for (const [name, frame, expected] of cases) {
    it(name, () => expect(read(frame)).toEqual([expected]));
  }

  it("puts the usage together from the first and a late frame", () => {
    const start = {
      type: "message_start",
      message: { usage: { input_tokens: 12, output_tokens: 0 } },
    };
    const end = {
      type: "message_delta",
      delta: { stop_reason: "end_turn" },
      usage: { output_tokens: 57 },
    };
    expect(read(start, end)).toEqual([
      toDelta({}),
      toDelta({
        finishReason: "end_turn",
        usage: { inputTokens: 12, outputTokens: 57, reasoningTokens: null },
      }),
    ]);
  });

  it("takes the input tokens of the first frame where the late one has a zero", () => {
    const read = createMessagesReader();
    read({ type: "message_start", message: { usage: { input_tokens: 12 } } });
    const late = {
      type: "message_delta",
      delta: {},
      usage: { input_tokens: 0, output_tokens: 57 },
    };
    expect(read(late)).toMatchObject({ usage: { inputTokens: 12, outputTokens: 57 } });
  });

  it("takes the late frame's own input tokens where it counts any", () => {
    const read = createMessagesReader();
    read({ type: "message_start", message: { usage: { input_tokens: 1 } } });
    const late = { type: "message_delta", usage: { input_tokens: 12, output_tokens: 57 } };
    expect(read(late)).toMatchObject({ usage: { inputTokens: 12, outputTokens: 57 } });
  });

  it("takes no placeholder for a usage", () => {
    const zeros = { input_tokens: 0, output_tokens: 0 };
    for (const frames of [
      [{ type: "message_delta", delta: {}, usage: { output_tokens: 0 } }],
      [
        { type: "message_start", message: { usage: zeros } },
        { type: "message_delta", usage: zeros },
      ],
      [{ type: "message", content: [], usage: zeros }],
    ]) {
      expect(read(...frames).at(-1)).toMatchObject({ usage: null });
    }
  });
});
