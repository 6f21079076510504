import OpenAI, {
  APIError,
  AuthenticationError,
  BadRequestError,
  PermissionDeniedError,
  RateLimitError,
} from "openai";
import { describe, expect, it } from "vitest";
import { replyTo } from "@/simulator/replies";
import { tokenOf } from "../support/tokens";
import { DOT, DOT_BYTES, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();

/** As ModelScope's documentation shows it: nothing but the address and the token is changed. */
const createClient = (apiKey = TOKEN) =>
  new OpenAI({ baseURL: `${simulator.url}/v1`, apiKey, maxRetries: 0 });
const client = createClient();
const CODER = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
const HYBRID = "Qwen/Qwen3.5-35B-A3B";
const hello = [{ role: "user", content: "Hello" }] as const;

const weather = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
} as const;

describe("the official OpenAI client", () => {
  it("lists models, none of them unlisted", async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([HYBRID, "Qwen/Qwen-Image-2512"]));
    expect(ids).not.toContain("ZhipuAI/GLM-5.3-Flash");
  });

  it("gets a whole answer in the captured shape", async () => {
    const answer = await client.chat.completions.create({ model: CODER, messages: [...hello] });
    expect(answer.choices[0]).toMatchObject({
      delta: { content: "", reasoning_content: "", role: null, tool_calls: null },
      message: { content: replyTo("Hello").text, reasoning_content: "", role: "assistant" },
      finish_reason: "stop",
    });
    expect(answer.created).toBeGreaterThan(1e12);
    expect(answer.usage?.total_tokens).toBeGreaterThan(0);
  });

  it("streams reasoning, then words, then usage in a chunk without choices", async () => {
    const stream = await client.chat.completions.create({
      model: HYBRID,
      messages: [...hello],
      stream: true,
      stream_options: { include_usage: true },
    });
    let reasoning = "";
    let text = "";
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      usage = chunk.usage;
      const [choice] = chunk.choices;
      if (!choice) continue;
      const thought: unknown = Reflect.get(choice.delta, "reasoning_content");
      if (thought !== "") expect(text).toBe("");
      reasoning += String(thought);
      text += choice.delta.content ?? "";
    }
    const reply = replyTo("Hello");
    expect({ reasoning, text }).toEqual(reply);
    expect(usage?.completion_tokens).toBeGreaterThan(0);
  });

  it("calls a tool over a stream and answers its result", async () => {
    const runner = client.chat.completions.stream({
      model: CODER,
      messages: [{ role: "user", content: "杭州天气怎么样?" }],
      tools: [weather],
    });
    const { choices } = await runner.finalChatCompletion();
    const message = choices[0]?.message;
    const [call] = message?.tool_calls ?? [];
    if (!message || call?.type !== "function") throw new Error("no call");
    expect(choices[0]?.finish_reason).toBe("tool_calls");
    expect(call.function.name).toBe("get_weather");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "杭州" });
    const after = await client.chat.completions.create({
      model: CODER,
      tools: [weather],
      messages: [
        { role: "user", content: "杭州天气怎么样?" },
        message,
        { role: "tool", tool_call_id: call.id, content: "22 °C, weather fine" },
      ],
    });
    expect(after.choices[0]?.message.content).toContain("22 °C");
  });

  it("gets the empty shell for a forced tool", async () => {
    const answer = await client.chat.completions.create({
      model: CODER,
      messages: [...hello],
      tools: [weather],
      tool_choice: "required",
    });
    expect(answer).toMatchObject({ choices: null, object: "", created: 0 });
  });

  it("shows a picture as a data URL", async () => {
    const answer = await client.chat.completions.create({
      model: "Qwen/Qwen3.5-27B",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is this?" },
            { type: "image_url", image_url: { url: DOT } },
          ],
        },
      ],
      ...{ enable_thinking: false },
    });
    expect(answer.choices[0]?.message.content).toContain(`1 picture: ${DOT_BYTES} bytes.`);
  });

  it("gets JSON in JSON mode, and an empty shell with a schema", async () => {
    const ask = (response_format: OpenAI.ChatCompletionCreateParams["response_format"]) =>
      client.chat.completions.create({ model: CODER, messages: [...hello], response_format });
    const answer = await ask({ type: "json_object" });
    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toMatchObject({
      source: "simulator",
    });
    const shell = await ask({ type: "json_schema", json_schema: { name: "a", schema: {} } });
    expect(shell.choices).toBeNull();
  });

  it("embeds texts, in base64 and as numbers", async () => {
    const model = "Qwen/Qwen3-Embedding-0.6B";
    // Without the field this client asks for base64 and unpacks it.
    const packed = await client.embeddings.create({ model, input: ["a", "b"] });
    const plain = await client.embeddings.create({ model, input: "a", encoding_format: "float" });
    expect(packed.data).toHaveLength(2);
    expect(packed.data[0]?.embedding).toHaveLength(1024);
    expect(packed.data[0]?.embedding[5]).toBeCloseTo(plain.data[0]?.embedding[5] ?? 9, 5);
  });

  it("creates a response, whole and streamed, with Qwen3.5 only", async () => {
    const whole = await client.responses.create({ model: HYBRID, input: "Hello" });
    expect(whole.output_text).toBe(replyTo("Hello").text);
    let text = "";
    const stream = await client.responses.create({ model: HYBRID, input: "Hello", stream: true });
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") text += event.delta;
    }
    expect(text).toBe(whole.output_text);
    await expect(client.responses.create({ model: CODER, input: "Hello" })).rejects.toThrow(
      BadRequestError,
    );
  });

  const refusals = [
    {
      name: "E1",
      token: "0099",
      model: CODER,
      type: AuthenticationError,
      text: "valid ModelScope",
    },
    { name: "E2", token: "0002", model: CODER, type: AuthenticationError, text: "bind your" },
    { name: "E3", token: "0003", model: CODER, type: PermissionDeniedError, text: "real-name" },
    { name: "E5", model: "MiniMax/MiniMax-M3", type: BadRequestError, text: "no provider" },
    { name: "E9", model: "simulator/quota-day", type: RateLimitError, text: "today's quota" },
    { name: "E11", model: "simulator/request-limit", type: RateLimitError, text: "" },
    {
      name: "E12",
      token: "0004",
      model: CODER,
      type: RateLimitError,
      text: "insufficient balance",
    },
  ];
  for (const { name, token = "0001", model, type, text } of refusals) {
    it(`throws ${type.name} for ${name}`, async () => {
      const failure = await createClient(tokenOf(token))
        .chat.completions.create({ model, messages: [...hello] })
        .catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(type);
      expect(String(failure)).toContain(text);
      // The newer style has its text under `errors`; it is only in the body.
      if (!(failure instanceof APIError)) throw failure;
      if (name === "E11")
        expect(JSON.stringify(failure.error)).toContain("Request limit exceeded.");
    });
  }

  it("tries again by itself, honouring Retry-After", async () => {
    const patient = new OpenAI({ baseURL: `${simulator.url}/v1`, apiKey: TOKEN });
    const answer = await patient.chat.completions.create({
      model: "simulator/retry-after-0",
      messages: [...hello],
    });
    expect(answer.choices[0]?.message.content).toBe(replyTo("Hello").text);
    expect(simulator.state.requests).toHaveLength(3);
  });
});
