import { describe, expect, it } from "vitest";
import type { ChatSettings } from "../schemas/chat";
import { toChatBody } from "./chat-body";
import { toMessagesBody } from "./messages-body";
import { toCalledModel, toThinkingFields } from "./thinking-fields";

const PICTURE = "data:image/png;base64,AAAA";
const turns = [
  { role: "user", text: "a" },
  { role: "assistant", text: "b" },
  { role: "user", text: "c", pictures: [PICTURE] },
] as const;
const EVERYTHING: ChatSettings = {
  systemPrompt: "s",
  temperature: 0,
  topP: 0.5,
  maxTokens: 10,
  frequencyPenalty: -1,
  presencePenalty: 1,
  seed: 0,
  stop: ["x"],
  thinking: true,
  thinkingBudget: 64,
  format: "json",
  tools: [{ name: "f", description: "d", parameters: { type: "object" } }],
};

describe("the body of a chat call", () => {
  it("sends nothing that is unset", () => {
    const body = toChatBody({ model: "a/b", settings: {}, turns: [{ role: "user", text: "hi" }] });
    expect(body).toEqual({
      model: "a/b",
      messages: [{ role: "user", content: "hi" }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("sends everything that is set, zeros included", () => {
    expect(toChatBody({ model: "Qwen/Qwen3.5-27B", settings: EVERYTHING, turns })).toEqual({
      model: "Qwen/Qwen3.5-27B",
      messages: [
        { role: "system", content: "s\n\nAnswer with one JSON object." },
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
        {
          role: "user",
          content: [
            { type: "text", text: "c" },
            { type: "image_url", image_url: { url: PICTURE } },
          ],
        },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 10,
      frequency_penalty: -1,
      presence_penalty: 1,
      seed: 0,
      stop: ["x"],
      response_format: { type: "json_object" },
      tools: [
        {
          type: "function",
          function: { name: "f", description: "d", parameters: { type: "object" } },
        },
      ],
      enable_thinking: true,
      thinking_budget: 64,
    });
  });

  it("gives a tool without parameters the empty ones, which backends insist on", () => {
    const settings = { tools: [{ name: "f" }] };
    const empty = { type: "object", properties: {} };
    const call = { model: "a/b", settings, turns: [{ role: "user", text: "hi" }] } as const;
    expect(toChatBody(call)).toMatchObject({
      tools: [{ type: "function", function: { name: "f", parameters: empty } }],
    });
    expect(toMessagesBody(call)).toMatchObject({ tools: [{ name: "f", input_schema: empty }] });
  });

  it("adds no sentence where JSON is mentioned", () => {
    const body = toChatBody({
      model: "a/b",
      settings: { format: "json" },
      turns: [{ role: "user", text: "as Json please" }],
    });
    expect(body).toMatchObject({ messages: [{ role: "user" }] });
  });
});

describe("the reasoning switch, by family", () => {
  const on = { thinking: true, thinkingBudget: 9 };
  const off = { thinking: false, thinkingBudget: 9 };
  const cases: [string, ChatSettings, object][] = [
    ["Qwen/Qwen3.5-35B-A3B", {}, {}],
    ["Qwen/Qwen3.5-35B-A3B", on, { enable_thinking: true, thinking_budget: 9 }],
    ["Qwen/Qwen3.5-35B-A3B", off, { enable_thinking: false }],
    ["Qwen/Qwen3-8B", { thinkingBudget: 9 }, { thinking_budget: 9 }],
    ["ZhipuAI/GLM-5.2", on, { chat_template_kwargs: { enable_thinking: true } }],
    [
      "XiaomiMiMo/MiMo-V2-Flash",
      on,
      { chat_template_kwargs: { enable_thinking: true, clear_thinking: false } },
    ],
    ["XiaomiMiMo/MiMo-V2-Flash", off, { chat_template_kwargs: { enable_thinking: false } }],
    [
      "deepseek-ai/DeepSeek-V4-Pro",
      off,
      { enable_thinking: false, chat_template_kwargs: { enable_thinking: false } },
    ],
    ["Qwen/Qwen3-Coder-30B-A3B-Instruct", on, {}],
    ["Qwen/Qwen3-30B-A3B-Instruct-2507", on, {}],
    ["stepfun-ai/Step-3.7-Flash", on, {}],
    ["someone/new-model", on, {}],
  ];
  for (const [model, settings, fields] of cases) {
    it(`${model} ${JSON.stringify(settings)}`, () =>
      expect(toThinkingFields(model, settings)).toEqual(fields));
  }

  const twins: [string, ChatSettings, string][] = [
    ["Qwen/Qwen3-30B-A3B-Instruct-2507", on, "Qwen/Qwen3-30B-A3B-Thinking-2507"],
    ["Qwen/Qwen3-30B-A3B-Thinking-2507", off, "Qwen/Qwen3-30B-A3B-Instruct-2507"],
    ["Qwen/Qwen3-30B-A3B-Thinking-2507", on, "Qwen/Qwen3-30B-A3B-Thinking-2507"],
    ["Qwen/Qwen3-30B-A3B-Instruct-2507", {}, "Qwen/Qwen3-30B-A3B-Instruct-2507"],
    ["Qwen/Qwen3.5-35B-A3B", on, "Qwen/Qwen3.5-35B-A3B"],
  ];
  for (const [model, settings, called] of twins) {
    it(`${model} with ${JSON.stringify(settings.thinking)} calls ${called}`, () =>
      expect(toCalledModel(model, settings)).toBe(called));
  }
});

describe("the body of Anthropic's protocol", () => {
  it("has a limit, blocks for pictures, and nothing the protocol does not know", () => {
    expect(toMessagesBody({ model: "a/b", settings: EVERYTHING, turns })).toEqual({
      model: "a/b",
      max_tokens: 10,
      system: "s",
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
        {
          role: "user",
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
            { type: "text", text: "c" },
          ],
        },
      ],
      stream: true,
      temperature: 0,
      top_p: 0.5,
      stop_sequences: ["x"],
      tools: [{ name: "f", description: "d", input_schema: { type: "object" } }],
    });
    expect(toMessagesBody({ model: "a/b", settings: {}, turns })).toMatchObject({
      max_tokens: 8192,
    });
  });
});
