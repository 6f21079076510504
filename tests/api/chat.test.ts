import { describe, expect, it } from "vitest";
import { GET as getConversation } from "@/app/api/conversations/[id]/route";
import { replyTo } from "@/simulator/replies";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  waitFor,
} from "../support/api";
import { ask, CHAT_MODEL, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

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
    const entry = await ledgerRowOf(readout.runId);
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
      model: CHAT_MODEL,
      messages: [
        { role: "system", content: "Be brief" },
        { role: "user", content: "Hello" },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
    });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${HEALTHY_TOKEN}`,
      "accept-encoding": "identity",
    });
  });

  it("notes that the token was used", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const text = `select "lastUsedAt" from "ModelScopeToken" where "userId" = $1`;
    expect(await rowsOf(text, [user.id])).toEqual([{ lastUsedAt: null }]);
    await readUiStream(await ask(user));
    await waitFor(async () => (await rowsOf(text, [user.id]))[0]?.lastUsedAt);
  });

  it("rebuilds the history from the database and leaves reasoning out", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await ask(user, { model: "Qwen/Qwen3.5-35B-A3B" });
    const conversationId = first.headers.get("x-conversation-id");
    const { text, reasoning, readout } = await readUiStream(first);
    expect(reasoning).toBe(replyTo("Hello").reasoning);
    const second = await readUiStream(
      await ask(user, { conversationId, message: { text: "And now?" } }),
    );
    expect(second.readout.inputTokens).toBeGreaterThan(readout.inputTokens ?? 0);
    expect(requestsTo(CHAT_PATH)[1]?.body).toMatchObject({
      messages: [
        { role: "user", content: "Hello" },
        { role: "assistant", content: text },
        { role: "user", content: "And now?" },
      ],
    });
  });

  it("leaves out of the history an answer that never came", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await ask(user, { model: "simulator/empty-shell" });
    const conversationId = first.headers.get("x-conversation-id");
    expect((await readUiStream(first)).readout.status).toBe("failed");
    await readUiStream(await ask(user, { conversationId, message: { text: "And now?" } }));
    expect(requestsTo(CHAT_PATH)[1]?.body).toMatchObject({
      messages: [
        { role: "user", content: "Hello" },
        { role: "user", content: "And now?" },
      ],
    });
  });

  it("goes on from an earlier message, and from none that is not in the conversation", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const start = async (change: object) => {
      const response = await ask(user, change);
      await readUiStream(response);
      const id = response.headers.get("x-conversation-id") ?? "";
      return { id, ...(await (await call(getConversation, { user, params: { id } })).json()) };
    };
    const other = await start({});
    const { id: conversationId } = await start({ message: { text: "One" } });
    const { messages } = await start({ conversationId, message: { text: "Two" } });
    const [question] = messages;
    const parentMessageId = question.id;
    await start({ conversationId, parentMessageId, message: { text: "Three" } });
    expect(requestsTo(CHAT_PATH).at(-1)?.body).toMatchObject({
      messages: [{ content: "One" }, { content: "Three" }],
    });
    const calls = requestsTo(CHAT_PATH).length;
    for (const change of [{ parentMessageId }, { parentMessageId, conversationId: other.id }]) {
      expect((await errorOf(await ask(user, change))).status).toBe(404);
    }
    expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
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
      const row = await ledgerRowOf(runId);
      return row?.status === "open" ? null : row;
    });
    expect(entry).toMatchObject({ status: "complete", tokenSource: "reported" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    expect(requestsTo(CHAT_PATH)[0]?.isClosedEarly).toBe(false);
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
