import Anthropic, {
  AuthenticationError,
  BadRequestError,
  PermissionDeniedError,
  RateLimitError,
} from "@anthropic-ai/sdk";
import { describe, expect, it } from "vitest";
import { replyTo } from "@/simulator/replies";
import { tokenOf } from "../support/tokens";
import { DOT, DOT_BYTES, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();

/** As ModelScope's documentation shows it: the host without `/v1`, and the token as its key. */
const createClient = (apiKey = TOKEN) =>
  new Anthropic({ baseURL: simulator.url, apiKey, authToken: null, maxRetries: 0 });
const client = createClient();
const MODEL = "Qwen/Qwen3.5-35B-A3B";
const hello: Anthropic.MessageParam[] = [{ role: "user", content: "Hello" }];
const base = { model: MODEL, max_tokens: 1024, messages: hello };

const weather: Anthropic.Tool = {
  name: "get_weather",
  input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

describe("the official Anthropic client", () => {
  it("gets a whole message", async () => {
    const message = await client.messages.create({ ...base, system: "You are brief." });
    expect(message).toMatchObject({
      type: "message",
      role: "assistant",
      model: MODEL,
      content: [{ type: "text", text: replyTo("Hello").text }],
      stop_reason: "end_turn",
    });
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });

  it("also with the token as Bearer, as Claude Code sends it", async () => {
    const bearer = new Anthropic({ baseURL: simulator.url, authToken: TOKEN, apiKey: null });
    expect((await bearer.messages.create(base)).role).toBe("assistant");
  });

  it("streams", async () => {
    const stream = client.messages.stream(base);
    let text = "";
    stream.on("text", (piece) => {
      text += piece;
    });
    const message = await stream.finalMessage();
    expect(text).toBe(replyTo("Hello").text);
    expect(message.stop_reason).toBe("end_turn");
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });

  it("streams thinking before the words when it is enabled", async () => {
    const thinking = { type: "enabled", budget_tokens: 1024 } as const;
    const message = await client.messages
      .stream({ ...base, max_tokens: 4096, thinking })
      .finalMessage();
    const [thought, text] = message.content;
    expect(thought).toMatchObject({ type: "thinking", thinking: replyTo("Hello").reasoning });
    expect(text).toMatchObject({ type: "text", text: replyTo("Hello").text });
  });

  it("calls a tool and answers its result", async () => {
    const question: Anthropic.MessageParam = { role: "user", content: "What is the weather?" };
    const ask = { ...base, tools: [weather], messages: [question] };
    for (const message of [
      await client.messages.create(ask),
      await client.messages.stream(ask).finalMessage(),
    ]) {
      expect(message.stop_reason).toBe("tool_use");
      const [call] = message.content;
      if (call?.type !== "tool_use") throw new Error("no call");
      expect(call).toMatchObject({ name: "get_weather", input: { city: "杭州" } });
      const result = { type: "tool_result", tool_use_id: call.id, content: "22 °C" } as const;
      const after = await client.messages.create({
        ...ask,
        messages: [
          question,
          { role: "assistant", content: message.content },
          { role: "user", content: [result] },
        ],
      });
      expect(after.content[0]).toMatchObject({ type: "text" });
      expect(JSON.stringify(after.content)).toContain("22 °C");
    }
  });

  it("shows a picture", async () => {
    const data = DOT.split(",")[1] ?? "";
    const source = { type: "base64", media_type: "image/png", data } as const;
    const content: Anthropic.ContentBlockParam[] = [
      { type: "image", source },
      { type: "text", text: "What is this?" },
    ];
    const message = await client.messages.create({
      ...base,
      messages: [{ role: "user", content }],
    });
    expect(JSON.stringify(message.content)).toContain(`1 picture: ${DOT_BYTES} bytes.`);
  });

  it("stops at max_tokens", async () => {
    const message = await client.messages.create({ ...base, max_tokens: 5 });
    expect(message.stop_reason).toBe("max_tokens");
    expect(message.usage.output_tokens).toBeLessThanOrEqual(5);
  });

  const refusals = [
    { name: "E1", token: "0099", type: AuthenticationError, text: "valid ModelScope token" },
    { name: "E2", token: "0002", type: AuthenticationError, text: "bind your Alibaba Cloud" },
    { name: "E3", token: "0003", type: PermissionDeniedError, text: "real-name verified" },
    { name: "E5", model: "MiniMax/MiniMax-M3", type: BadRequestError, text: "no provider" },
    { name: "E9", model: "simulator/quota-day", type: RateLimitError, text: "today's quota" },
    { name: "E11", model: "simulator/request-limit", type: RateLimitError, text: "Request limit" },
    { name: "E12", token: "0004", type: RateLimitError, text: "insufficient balance" },
  ];
  for (const { name, token = "0001", model = MODEL, type, text } of refusals) {
    it(`throws ${type.name} for ${name}`, async () => {
      const failure = await createClient(tokenOf(token))
        .messages.create({ ...base, model })
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(type);
      expect(String(failure)).toContain(text);
    });
  }
});
