import { describe, expect, it } from "vitest";
import { chat, readRaw, startQuick } from "./quick";

const simulator = await startQuick();

describe("thinking", () => {
  const HYBRID = "Qwen/Qwen3.5-27B";
  const refusalOf = async (change: object) => {
    const response = await chat(simulator, change);
    return { status: response.status, body: await response.json() };
  };
  const thoughtOf = async (change: object) => {
    const { text } = await readRaw(await chat(simulator, { stream: true, ...change }));
    return [...text.matchAll(/"reasoning_content":"([^"]+)"/g)].map(([, piece]) => piece).join("");
  };

  it("is refused without a stream, in the words of either kind of model", async () => {
    expect(await refusalOf({ model: HYBRID })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "invalid_parameter_error",
          message: "parameter.enable_thinking must be set to false for non-streaming calls",
          param: null,
          type: "invalid_request_error",
        },
        request_id: expect.any(String),
      },
    });
    for (const model of ["simulator/thinking-only", "Qwen/Qwen3-30B-A3B-Thinking-2507"]) {
      const { status, body } = await refusalOf({ model, enable_thinking: false });
      expect(status).toBe(400);
      expect(body.error.message).toContain("can not be support when `stream=False`");
    }
  });

  it("can leave the content empty without a stream", async () => {
    const { status, body } = await refusalOf({ model: "simulator/empty-when-not-streamed" });
    expect([status, body.choices[0].message.content]).toEqual([200, ""]);
  });

  it("can be switched off by either switch, and cut by a budget", async () => {
    const whole = await thoughtOf({ model: HYBRID });
    expect(whole.length).toBeGreaterThan(50);
    for (const off of [
      { enable_thinking: false },
      { chat_template_kwargs: { enable_thinking: false } },
      { enable_thinking: false, chat_template_kwargs: { enable_thinking: false } },
    ]) {
      expect(await thoughtOf({ model: HYBRID, ...off })).toBe("");
      expect((await chat(simulator, { model: HYBRID, ...off })).status).toBe(200);
    }
    const cut = await thoughtOf({ model: HYBRID, thinking_budget: 5 });
    expect(whole.startsWith(cut) && cut.length > 0 && cut.length < whole.length).toBe(true);
    expect(await thoughtOf({ model: "Qwen/Qwen3-30B-A3B-Instruct-2507" })).toBe("");
    const always = { model: "Qwen/Qwen3-30B-A3B-Thinking-2507", enable_thinking: false };
    expect(await thoughtOf(always)).toBe(whole);
  });

  it("can take all of a small max_tokens", async () => {
    const change = { model: HYBRID, stream: true, max_tokens: 5 };
    const { text } = await readRaw(await chat(simulator, change));
    expect(text).toContain('"content":null');
    expect(text).toContain('"finish_reason":"length"');
  });
});
