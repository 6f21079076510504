import { describe, expect, it } from "vitest";
import { POST as chat } from "@/app/api/chat/route";
import { GET as getConversation } from "@/app/api/conversations/[id]/route";
import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { GET as follow } from "@/app/api/runs/[id]/stream/route";
import { replyTo } from "@/simulator/replies";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { readUiStream } from "../support/ui-stream";

const CHAT_PATH = "/v1/chat/completions";
const MODEL = "Qwen/Qwen3-Coder-30B-A3B-Instruct";

const toBody = (change: object = {}) => ({
  message: { text: "Hello" },
  model: MODEL,
  settings: {},
  idempotencyKey: crypto.randomUUID(),
  ...change,
});

const ask = (user: TestUser | null, change: object = {}, signal?: AbortSignal) =>
  call(chat, { method: "POST", user, body: toBody(change), ...(signal && { signal }) });

async function ledgerRow(runId: string) {
  const [row] = await rowsOf(`select * from "UsageEntry" where "runId" = $1`, [runId]);
  return row;
}

describe("a chat that goes well", () => {
  it("streams the answer, stores it and books reported tokens", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toContain("no-transform");
    const { text, readout, isDone } = await readUiStream(response);
    expect(text).toBe(replyTo("Hello").text);
    expect(isDone).toBe(true);
    expect(readout).toMatchObject({ status: "complete", tokenSource: "reported", errorCode: null });
    const entry = await ledgerRow(readout.runId);
    expect(entry).toMatchObject({
      status: "complete",
      isCall: true,
      tokenSource: "reported",
      inputTokens: readout.inputTokens,
      outputTokens: readout.outputTokens,
      kind: "chat",
    });
    const id = response.headers.get("x-conversation-id") ?? "";
    const stored = await (await call(getConversation, { user, params: { id } })).json();
    expect(stored.messages.map((m: { role: string }) => m.role)).toEqual(["user", "assistant"]);
    expect(stored.messages[1].text).toBe(text);
    expect(stored.title).toBe("Hello");
  });

  it("sends the model, the settings that are set and nothing else", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await readUiStream(
      await ask(user, { settings: { systemPrompt: "Be brief", temperature: 0, topP: 0.5 } }),
    );
    const [request] = requestsTo(CHAT_PATH);
    expect(request?.body).toEqual({
      model: MODEL,
      messages: [
        { role: "system", content: "Be brief" },
        { role: "user", content: "Hello" },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
    });
    expect(request?.headers.authorization).toBe(`Bearer ${HEALTHY_TOKEN}`);
  });

  it("rebuilds the history from the database and leaves reasoning out", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await ask(user, { model: "Qwen/Qwen3.5-35B-A3B" });
    const conversationId = first.headers.get("x-conversation-id");
    const { text, reasoning } = await readUiStream(first);
    expect(reasoning).toBe(replyTo("Hello").reasoning);
    await readUiStream(await ask(user, { conversationId, message: { text: "And now?" } }));
    expect(requestsTo(CHAT_PATH)[1]?.body).toMatchObject({
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: text },
        { role: "user", content: "And now?" },
      ],
    });
  });

  it("keeps text exact when it arrives byte by byte", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const change = { model: "simulator/byte-by-byte", message: { text: "你好 👩‍🚀" } };
    const { text } = await readUiStream(await ask(user, change));
    expect(text).toBe(replyTo("你好 👩‍🚀").text);
  });

  it("finishes and stores the answer when its reader leaves", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user);
    const runId = response.headers.get("x-run-id") ?? "";
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const entry = await waitFor(async () => {
      const row = await ledgerRow(runId);
      return row?.status === "open" ? null : row;
    });
    expect(entry).toMatchObject({ status: "complete", tokenSource: "reported" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    expect(requestsTo(CHAT_PATH)[0]?.isClosedEarly).toBe(false);
  });
});

describe("how each ending is booked", () => {
  const cases = [
    {
      model: "simulator/no-done",
      status: "complete",
      isCall: true,
      source: "reported",
      code: null,
    },
    { model: "simulator/no-usage", status: "complete", isCall: true, source: "none", code: null },
    {
      model: "simulator/no-finish",
      status: "interrupted",
      isCall: true,
      source: "reported",
      code: "interrupted",
    },
    {
      model: "simulator/error-frame",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "upstream_down",
    },
    {
      model: "simulator/errors-frame",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "upstream_down",
    },
    {
      model: "simulator/reset",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "interrupted",
    },
    {
      model: "simulator/empty-shell",
      status: "failed",
      isCall: false,
      source: "none",
      code: "empty_answer",
    },
    {
      model: "simulator/empty-stream",
      status: "failed",
      isCall: false,
      source: "none",
      code: "empty_answer",
    },
    {
      model: "simulator/unknown-model",
      status: "failed",
      isCall: false,
      source: "none",
      code: "model_unavailable",
    },
  ];
  for (const { model, status, isCall, source, code } of cases) {
    it(`${model}: ${status}, ${isCall ? "a call" : "an attempt"}, tokens ${source}`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { text, readout } = await readUiStream(await ask(user, { model }));
      expect(readout).toMatchObject({ status, errorCode: code });
      expect(await ledgerRow(readout.runId)).toMatchObject({
        status,
        isCall,
        tokenSource: source,
        errorCode: code,
      });
      const [run] = await rowsOf(`select text from "Run" where id = $1`, [readout.runId]);
      expect(run?.text).toBe(text);
      expect(text === "").toBe(status === "failed");
    });
  }

  const refusals = [
    { token: "0002", code: "account_unbound" },
    { token: "0003", code: "account_unverified" },
    { token: "0004", code: "balance_empty" },
    { token: "0006", code: "rate_limited" },
    { token: "0007", code: "upstream_down" },
    { token: "0099", code: "invalid_token" },
  ];
  for (const { token, code } of refusals) {
    it(`a token that ends in ${token} is told as ${code} and booked as an attempt`, async () => {
      const user = await createUser({ token: `ms-00000000-0000-4000-8000-00000000${token}` });
      const { readout } = await readUiStream(await ask(user));
      expect(readout).toMatchObject({ status: "failed", errorCode: code });
      expect(await ledgerRow(readout.runId)).toMatchObject({
        status: "failed",
        isCall: false,
        errorCode: code,
        inputTokens: null,
      });
    });
  }
});

describe("stopping and following", () => {
  it("stops the upstream at once and keeps what had come", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const id = response.headers.get("x-run-id") ?? "";
    const reading = readUiStream(response);
    await waitFor(async () => {
      const [run] = await rowsOf(`select text from "Run" where id = $1`, [id]);
      return run?.text;
    });
    expect((await call(stop, { method: "POST", user, params: { id } })).status).toBe(204);
    const { text, readout } = await reading;
    expect(readout.status).toBe("stopped");
    expect(text.length).toBeGreaterThan(0);
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
    expect(await ledgerRow(id)).toMatchObject({
      status: "stopped",
      isCall: true,
      inputTokens: null,
    });
    // Twice is no error.
    expect((await call(stop, { method: "POST", user, params: { id } })).status).toBe(204);
  });

  it("stops before the first byte", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const id = response.headers.get("x-run-id") ?? "";
    await call(stop, { method: "POST", user, params: { id } });
    const { readout } = await readUiStream(response);
    expect(readout.status).toBe("stopped");
  });

  it("gives a second reader everything, live and after the end, without gap or repeat", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await ask(user);
    const id = first.headers.get("x-run-id") ?? "";
    const second = await call(follow, { user, params: { id } });
    const [a, b] = await Promise.all([readUiStream(first), readUiStream(second)]);
    expect(a.text).toBe(replyTo("Hello").text);
    expect(b.text).toBe(a.text);
    const late = await readUiStream(await call(follow, { user, params: { id } }));
    expect(late.text).toBe(a.text);
    expect(late.readout).toMatchObject({
      status: "complete",
      outputTokens: a.readout.outputTokens,
    });
  });

  it("hides runs and conversations of others like missing ones", async () => {
    const owner = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(owner);
    const id = response.headers.get("x-run-id") ?? "";
    const conversationId = response.headers.get("x-conversation-id") ?? "";
    await readUiStream(response);
    const calls = requestsTo(CHAT_PATH).length;
    for (const foreign of [id, "run_missing"]) {
      const followed = await errorOf(await call(follow, { user: other, params: { id: foreign } }));
      expect(followed).toMatchObject({ status: 404, code: "not_found" });
      const stopped = await errorOf(
        await call(stop, { method: "POST", user: other, params: { id: foreign } }),
      );
      expect(stopped).toMatchObject({ status: 404, code: "not_found" });
    }
    const continued = await errorOf(await ask(other, { conversationId }));
    expect(continued).toMatchObject({ status: 404, code: "not_found" });
    const missing = await errorOf(await ask(other, { conversationId: "cnv_missing" }));
    expect(missing.message).toBe(continued.message);
    expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
  });
});

describe("never paid twice", () => {
  it("answers a repeated key with the same run and one upstream call", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const idempotencyKey = crypto.randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => ask(user, { idempotencyKey })));
    const ids = answers.map((answer) => answer.headers.get("x-run-id"));
    const texts = await Promise.all(
      answers.map(async (answer) => (await readUiStream(answer)).text),
    );
    expect(new Set(ids).size).toBe(1);
    expect(texts[2]).toBe(texts[0]);
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });

  it("refuses the same key with another body", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const idempotencyKey = crypto.randomUUID();
    await readUiStream(await ask(user, { idempotencyKey }));
    const error = await errorOf(await ask(user, { idempotencyKey, message: { text: "Other" } }));
    expect(error).toMatchObject({ status: 422, code: "idempotency_mismatch" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });

  it("lets two users use the same key", async () => {
    const idempotencyKey = crypto.randomUUID();
    const users = await Promise.all([
      createUser({ token: HEALTHY_TOKEN }),
      createUser({ token: HEALTHY_TOKEN }),
    ]);
    const ids = await Promise.all(
      users.map(
        async (user) => (await readUiStream(await ask(user, { idempotencyKey }))).readout.runId,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });
});

describe("what is refused before anything is written or sent", () => {
  it("a call without a token", async () => {
    const user = await createUser();
    const error = await errorOf(await ask(user));
    expect(error).toMatchObject({ status: 409, code: "token_missing" });
    expect(error.message).toContain("token");
    expect(await rowsOf(`select id from "Conversation" where "userId" = $1`, [user.id])).toEqual(
      [],
    );
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });

  const bodies: [string, object, string][] = [
    ["an unknown key", { temperature: 1 }, "temperature"],
    ["a nested unknown key", { settings: { max_tokens: 5 } }, "settings.max_tokens"],
    ["too hot", { settings: { temperature: 99 } }, "settings.temperature"],
    ["a number as text", { settings: { temperature: "1" } }, "settings.temperature"],
    ["an empty question", { message: { text: "" } }, "message.text"],
    ["a question that is a number", { message: { text: 5 } }, "message.text"],
    ["no model", { model: undefined }, "model"],
    ["a model without owner", { model: "gpt" }, "model"],
    ["a picture model", { model: "Tongyi-MAI/Z-Image-Turbo" }, "model"],
    ["a short key", { idempotencyKey: "1" }, "idempotencyKey"],
    ["an object as id", { conversationId: { not: "" } }, "conversationId"],
    ["someone else's user id", { userId: "usr_1" }, "userId"],
  ];
  for (const [name, change, field] of bodies) {
    it(name, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const error = await errorOf(await ask(user, change));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual([field]);
      expect(requestsTo(CHAT_PATH)).toEqual([]);
    });
  }

  it("a body of 1.1 MB", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const error = await errorOf(await ask(user, { message: { text: "x".repeat(1_100_000) } }));
    expect(error).toMatchObject({ status: 413, code: "body_too_large" });
  });

  it("broken JSON, another media type and another site", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const send = (body: string, headers: Record<string, string> = {}) =>
      call(chat, { method: "POST", user, body, headers }).then(errorOf);
    expect(await send("{")).toMatchObject({ status: 400, fields: { body: "Not valid JSON" } });
    expect(await send("a=1", { "content-type": "text/plain" })).toMatchObject({
      status: 415,
      code: "unsupported_media_type",
    });
    expect(await send("{}", { "sec-fetch-site": "cross-site" })).toMatchObject({
      status: 403,
      code: "cross_site",
    });
    expect(await send("{}", { origin: "https://evil.example" })).toMatchObject({
      status: 403,
      code: "cross_site",
    });
  });
});
