import { describe, expect, it } from "vitest";
import { GET as getConversation } from "@/app/api/conversations/[id]/route";
import { GET as getCredits } from "@/app/api/credits/route";
import { GET as follow } from "@/app/api/runs/[id]/stream/route";
import { replyTo } from "@/simulator/replies";
import {
  answerWith,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf, MESSAGES_PATH } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

const { text: ANSWER } = replyTo("Hello");

async function answerOf(model: string, settings: object = {}, text = "Hello") {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const response = await ask(user, { model, settings, message: { text } });
  const conversationId = response.headers.get("x-conversation-id") ?? "";
  return { ...(await readUiStream(response)), user, conversationId };
}
const sentTo = (path: string) =>
  requestsTo(path).map(({ body }) => body as Record<string, unknown>);

describe("reasoning", () => {
  for (const model of [
    "Qwen/Qwen3.5-27B",
    "simulator/think-tags",
    "simulator/reasoning-field",
    "simulator/dashscope",
  ]) {
    it(`${model} reasons before it answers`, async () => {
      const { readout, reasoning, text } = await answerOf(model);
      expect(readout.status).toBe("complete");
      expect(reasoning.length).toBeGreaterThan(20);
      expect(reasoning).not.toContain("<");
      expect(text).toBe(ANSWER);
    });
  }

  it("is switched off and on in the family's dialect", async () => {
    const off = await answerOf("Qwen/Qwen3.5-27B", { thinking: false });
    expect([off.reasoning, off.text]).toEqual(["", ANSWER]);
    const template = await answerOf("ZhipuAI/GLM-5.2", { thinking: false });
    expect([template.reasoning, template.text]).toEqual(["", ANSWER]);
    expect(sentTo(CHAT_PATH)).toMatchObject([
      { enable_thinking: false },
      { chat_template_kwargs: { enable_thinking: false } },
    ]);
    expect(sentTo(CHAT_PATH)[0]).not.toHaveProperty("chat_template_kwargs");
    expect(sentTo(CHAT_PATH)[1]).not.toHaveProperty("enable_thinking");
  });

  it("is switched by the id where a family has twins; the twin is what is booked", async () => {
    const { readout, reasoning } = await answerOf("Qwen/Qwen3-30B-A3B-Instruct-2507", {
      thinking: true,
    });
    expect(reasoning).not.toBe("");
    expect(readout.model).toBe("Qwen/Qwen3-30B-A3B-Thinking-2507");
    expect(await ledgerRowOf(readout.runId)).toMatchObject({
      model: "Qwen/Qwen3-30B-A3B-Thinking-2507",
    });
  });

  it("is refused where the twin that would be called was withdrawn", async () => {
    const twin = "Qwen/Qwen3-30B-A3B-Thinking-2507";
    await rowsOf(`insert into "WithdrawnModel" values ('cn', $1, now())`, [twin]);
    const user = await createUser({ token: HEALTHY_TOKEN });
    const model = "Qwen/Qwen3-30B-A3B-Instruct-2507";
    const refused = await errorOf(await ask(user, { model, settings: { thinking: true } }));
    expect(Object.keys(refused.fields ?? {})).toEqual(["model"]);
    expect((await readUiStream(await ask(user, { model }))).readout.status).toBe("complete");
    expect(sentTo(CHAT_PATH)).toMatchObject([{ model }]);
    await rowsOf(`delete from "WithdrawnModel"`);
  });

  it("is asked for once more without the switch where just that is refused", async () => {
    const { interceptors } = getSimulator().state;
    let refusals = 0;
    interceptors.set(CHAT_PATH, ({ body, response }) => {
      if (!("enable_thinking" in Object(body))) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const frame = { choices: [{ delta: { content: "fine" }, finish_reason: "stop" }] };
        return void response.end(`data: ${JSON.stringify(frame)}\n\n`);
      }
      refusals += 1;
      response.writeHead(400, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ error: { message: "parameter.enable_thinking is not supported" } }),
      );
    });
    const { readout, text } = await answerOf("Qwen/Qwen3.5-27B", {
      thinking: true,
      thinkingBudget: 9,
    });
    expect([readout.status, text, refusals]).toEqual(["complete", "fine", 1]);
    expect(sentTo(CHAT_PATH)).toHaveLength(2);
    expect(sentTo(CHAT_PATH)[1]).not.toHaveProperty("thinking_budget");
  });

  it("is asked for once where something else is refused, or nothing was switched", async () => {
    for (const [message, settings] of [
      ["top_p must be below 1", { thinking: true }],
      ["parameter.enable_thinking must be set", {}],
    ] as const) {
      getSimulator().state.requests.length = 0;
      answerWith(CHAT_PATH, 400, { error: { message } });
      const { readout } = await answerOf("Qwen/Qwen3.5-27B", settings);
      expect(readout).toMatchObject({ errorCode: "bad_request", errorText: message });
      expect(sentTo(CHAT_PATH)).toHaveLength(1);
    }
  });

  it("is not sent to models of no known switch, nor sent back", async () => {
    const { readout } = await answerOf("simulator/refuses-thinking", { thinking: true });
    expect(readout.status).toBe("complete");
    expect(sentTo(CHAT_PATH)).toHaveLength(1);
    const { user, conversationId } = await answerOf("Qwen/Qwen3.5-27B");
    await readUiStream(await ask(user, { model: "Qwen/Qwen3.5-27B", conversationId }));
    expect(JSON.stringify(sentTo(CHAT_PATH).at(-1))).not.toMatch(/reasoning|<think>/);
  });

  it("that spends every token is kept as what it is", async () => {
    const { readout, reasoning, text } = await answerOf("simulator/all-reasoning");
    expect([readout.status, reasoning === "", text]).toEqual(["complete", false, ""]);
  });
});

describe("Anthropic's protocol", () => {
  it("answers the same, with its tokens, and is booked under its name", async () => {
    const settings = { protocol: "anthropic", systemPrompt: "Be brief.", stop: ["END"], topP: 0.5 };
    const { readout, text } = await answerOf("Qwen/Qwen3-Coder-30B-A3B-Instruct", settings);
    expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
    expect(sentTo(MESSAGES_PATH)).toMatchObject([
      { system: "Be brief.", stop_sequences: ["END"], top_p: 0.5, stream: true, max_tokens: 8192 },
    ]);
    expect(requestsTo(MESSAGES_PATH)[0]?.headers).toMatchObject({
      "anthropic-version": "2023-06-01",
    });
    expect(requestsTo(CHAT_PATH)).toEqual([]);
    expect(await ledgerRowOf(readout.runId)).toMatchObject({ protocol: "anthropic" });
  });

  it("is the conversation's setting", async () => {
    const { user, conversationId } = await answerOf("Qwen/Qwen3.5-27B", { protocol: "anthropic" });
    const conversation = await (
      await call(getConversation, { user, params: { id: conversationId } })
    ).json();
    expect(conversation.settings).toEqual({ protocol: "anthropic" });
  });
});

describe("tool calls", () => {
  const tools = [
    {
      name: "get_weather",
      description: "Weather of a city",
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  ];
  for (const [protocol, path] of [
    ["openai", CHAT_PATH],
    ["anthropic", MESSAGES_PATH],
  ] as const) {
    it(`${protocol}: the pieces are merged, shown, stored and replayed`, async () => {
      const model = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
      const { readout, parts, user, conversationId } = await answerOf(
        model,
        { tools, protocol },
        "How is the weather?",
      );
      expect(sentTo(path)[0]).toHaveProperty("tools");
      expect(readout.status).toBe("complete");
      const calls = parts.findLast(({ type }) => type === "data-tool-calls")?.data as {
        name: string;
        arguments: string;
      }[];
      expect(calls).toMatchObject([{ name: "get_weather" }]);
      expect(JSON.parse(calls[0]?.arguments ?? "")).toHaveProperty("city");
      const { messages } = await (
        await call(getConversation, { user, params: { id: conversationId } })
      ).json();
      expect(messages[1].toolCalls).toEqual(calls);
      const again = await readUiStream(await call(follow, { user, params: { id: readout.runId } }));
      expect(again.parts.find(({ type }) => type === "data-tool-calls")?.data).toEqual(calls);
    });
  }
});

it("daily limits are read where ModelScope names them, and unknown where it does not", async () => {
  const { options } = getSimulator().state;
  const { user } = await answerOf("Qwen/Qwen3.5-27B");
  expect((await (await call(getCredits, { user })).json()).limits).toEqual([]);
  options.era = "daily";
  await readUiStream(await ask(user, { model: "Qwen/Qwen3.5-27B" }));
  options.era = "magicube";
  const { limits } = await (await call(getCredits, { user })).json();
  expect(limits).toMatchObject([
    { model: null, limit: 2000, remaining: expect.any(Number) },
    { model: "Qwen/Qwen3.5-27B", limit: 500, remaining: expect.any(Number) },
  ]);
});
