import { describe, expect, it } from "vitest";
import { replyTo } from "@/simulator/replies";
import { post, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();
const url = `${simulator.url}/v1/messages`;

const send = (change: object, headers?: Record<string, string>) => {
  const messages = [{ role: "user", content: "Hello" }];
  const body = { model: "Qwen/Qwen3.5-35B-A3B", max_tokens: 1024, messages, ...change };
  return post(url, body, { ...(headers && { headers }) });
};

type Event = {
  type: string;
  delta?: { text?: string; thinking?: string; stop_reason?: string };
  error?: { type: string; message: string };
};

/** The events of a stream, read by their `data` alone; a broken connection ends them. */
async function eventsOf(response: Response) {
  let text = "";
  let isBroken = false;
  const decoder = new TextDecoder();
  try {
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
  } catch {
    isBroken = true;
  }
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, json = ""]) => {
    try {
      const event: Event | null = JSON.parse(json);
      return event?.type ? event : { type: "junk" };
    } catch {
      return { type: "junk" };
    }
  });
  const said = events.map(({ delta }: Event) => delta?.text ?? "").join("");
  return { raw: text, events, said, types: events.map(({ type }) => type), isBroken };
}

describe("the Anthropic endpoint", () => {
  it("takes the token as x-api-key or as Bearer", async () => {
    const byKey = { authorization: "", "x-api-key": TOKEN, "anthropic-version": "2023-06-01" };
    expect((await send({}, byKey)).status).toBe(200);
    expect((await send({})).status).toBe(200);
    const chat = await post(`${simulator.url}/v1/chat/completions`, {}, { headers: byKey });
    expect(chat.status).toBe(401);
  });

  it("names each event in a line of its own, in Anthropic's order", async () => {
    const { raw, types, said } = await eventsOf(await send({ stream: true }));
    expect(said).toBe(replyTo("Hello").text);
    expect([...new Set(types)]).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    const named = [...raw.matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
    expect(named).toEqual(types);
    expect(raw).not.toContain("[DONE]");
  });

  it("thinks when it is told to, within the budget", async () => {
    const thoughtOf = async (thinking?: object) => {
      const { events } = await eventsOf(await send({ stream: true, thinking }));
      return events.map(({ delta }: Event) => delta?.thinking ?? "").join("");
    };
    const { reasoning } = replyTo("Hello");
    expect(await thoughtOf()).toBe("");
    expect(await thoughtOf({ type: "disabled" })).toBe("");
    expect(await thoughtOf({ type: "enabled", budget_tokens: 1024 })).toBe(reasoning);
    const short = await thoughtOf({ type: "enabled", budget_tokens: 5 });
    expect(short).not.toBe("");
    expect(reasoning.startsWith(short) && short.length < reasoning.length).toBe(true);
  });

  it("reads the system prompt as text or as blocks", async () => {
    const tokensWith = async (system?: unknown) =>
      (await (await send({ system })).json()).usage.input_tokens;
    const blocks = [{ type: "text", text: "You are brief and kind." }];
    const asText = await tokensWith("You are brief and kind.");
    expect(asText).toBe(await tokensWith(blocks));
    expect(asText).toBeGreaterThan(await tokensWith());
  });

  it("refuses in Anthropic's shape", async () => {
    for (const change of [{ max_tokens: undefined }, { messages: undefined }]) {
      const response = await send(change);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        type: "error",
        error: { type: "invalid_request_error", message: expect.any(String) },
        request_id: expect.any(String),
      });
    }
  });

  const cases = [
    { model: "no-done", has: "message_delta", lacks: "message_stop" },
    { model: "no-finish", has: "message_stop", lacks: "message_delta" },
    { model: "error-frame", has: "error", lacks: "message_stop" },
    { model: "errors-frame", has: "error", lacks: "message_stop" },
    { model: "echo-frame", has: "error", lacks: "message_stop" },
    { model: "reset", has: "content_block_delta", lacks: "message_delta", isBroken: true },
    { model: "non-object-frames", has: "junk", lacks: "error" },
    { model: "empty-stream", has: "message_stop", lacks: "message_start" },
  ];
  for (const { model, has, lacks, isBroken = false } of cases) {
    it(`simulator/${model}: ${has}, but no ${lacks}`, async () => {
      const response = await send({ model: `simulator/${model}`, stream: true });
      const read = await eventsOf(response);
      expect(read.types).toContain(has);
      expect(read.types).not.toContain(lacks);
      expect(read.isBroken).toBe(isBroken);
    });
  }

  it("can leave the event lines out, echo a token and stall", async () => {
    const bare = await send({ model: "simulator/no-event-lines", stream: true });
    expect((await eventsOf(bare)).raw).not.toContain("event:");
    const echo = await send({ model: "simulator/echo-frame", stream: true });
    expect((await eventsOf(echo)).raw).toContain(TOKEN);
    const stall = await post(
      url,
      { model: "simulator/stall", stream: true, max_tokens: 9, messages: [] },
      { signal: AbortSignal.timeout(300) },
    );
    const { types, isBroken } = await eventsOf(stall);
    expect(types[0]).toBe("message_start");
    expect(isBroken).toBe(true);
  });
});
