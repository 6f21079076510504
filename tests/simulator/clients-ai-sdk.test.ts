import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, generateText, jsonSchema, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import { replyTo } from "@/simulator/replies";
import { tokenOf } from "../support/tokens";
import { DOT, DOT_BYTES, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();

const createModel = (id: string, apiKey = TOKEN) =>
  createOpenAICompatible({
    name: "modelscope",
    baseURL: `${simulator.url}/v1`,
    apiKey,
    includeUsage: true,
  })(id);
const CODER = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
const HYBRID = "Qwen/Qwen3.5-35B-A3B";

const tools = {
  get_weather: tool({
    description: "The weather of a city",
    inputSchema: jsonSchema<{ city: string }>({
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
    }),
  }),
};

describe("the AI SDK", () => {
  it("generates a text", async () => {
    const { text, usage } = await generateText({ model: createModel(CODER), prompt: "Hello" });
    expect(text).toBe(replyTo("Hello").text);
    expect(usage.outputTokens).toBeGreaterThan(0);
  });

  it("streams reasoning, words and usage", async () => {
    const result = streamText({ model: createModel(HYBRID), prompt: "Hello" });
    expect(await result.text).toBe(replyTo("Hello").text);
    expect(await result.reasoningText).toBe(replyTo("Hello").reasoning);
    expect((await result.usage).outputTokens).toBeGreaterThan(0);
    expect(await result.finishReason).toBe("stop");
  });

  it("streams in DashScope's profile", async () => {
    const result = streamText({ model: createModel("simulator/dashscope"), prompt: "Hello" });
    expect(await result.text).toBe(replyTo("Hello").text);
    expect(await result.reasoningText).toBe(replyTo("Hello").reasoning);
    expect((await result.usage).outputTokenDetails.reasoningTokens).toBeGreaterThan(0);
  });

  it("calls a tool, whole and streamed", async () => {
    const ask = { model: createModel(CODER), prompt: "What is the weather?", tools };
    const whole = await generateText(ask);
    const streamed = await streamText(ask).toolCalls;
    for (const calls of [whole.toolCalls, streamed]) {
      expect(calls).toMatchObject([{ toolName: "get_weather", input: { city: "杭州" } }]);
    }
  });

  it("shows a picture", async () => {
    const { text } = await streamToText([
      { type: "text", text: "What is this?" },
      { type: "file", mediaType: "image/png", data: DOT.split(",")[1] ?? "" },
    ]);
    expect(text).toContain(`1 picture: ${DOT_BYTES} bytes.`);
  });

  const refusals = [
    { name: "E1", token: "0099", status: 401, text: "valid ModelScope token" },
    { name: "E2", token: "0002", status: 401, text: "bind your Alibaba Cloud" },
    { name: "E3", token: "0003", status: 403, text: "real-name verified" },
    { name: "E5", model: "MiniMax/MiniMax-M3", status: 400, text: "no provider" },
    { name: "E9", model: "simulator/quota-day", status: 429, text: "today's quota" },
    { name: "E11", model: "simulator/request-limit", status: 429, text: "" },
    { name: "E12", token: "0004", status: 429, text: "insufficient balance" },
  ];
  for (const { name, token = "0001", model = CODER, status, text } of refusals) {
    it(`throws its call error with ${status} for ${name}`, async () => {
      const failure = await generateText({
        model: createModel(model, tokenOf(token)),
        prompt: "Hello",
        maxRetries: 0,
      }).catch((error: unknown) => error);
      if (!APICallError.isInstance(failure)) throw failure;
      expect(failure.statusCode).toBe(status);
      expect(failure.message).toContain(text);
    });
  }

  it("reports an error in the middle of a stream", async () => {
    const seen: unknown[] = [];
    const result = streamText({
      model: createModel("simulator/error-frame"),
      prompt: "Hello",
      onError: ({ error }) => void seen.push(error),
    });
    await result.consumeStream();
    expect(String(seen[0])).toContain("Model inference failed");
  });
});

type Parts = ({ type: "text"; text: string } | { type: "file"; mediaType: string; data: string })[];

async function streamToText(content: Parts) {
  const result = streamText({
    model: createModel(HYBRID),
    messages: [{ role: "user", content }],
  });
  return { text: await result.text };
}
