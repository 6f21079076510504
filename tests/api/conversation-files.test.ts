import { describe, expect, it } from "vitest";
import { GET as download } from "@/app/api/conversations/[id]/export/route";
import { POST as upload } from "@/app/api/conversations/import/route";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { call, createUser, errorOf, HEALTHY_TOKEN, rowsOf, type TestUser } from "../support/api";
import { converse, readConversation } from "../support/conversations";

const read = (user: TestUser | null, id: string, format: string) =>
  call(download, {
    user,
    params: { id },
    path: `/api/conversations/${id}/export?format=${format}`,
  });

const send = (user: TestUser | null, text: string) =>
  call(upload, { method: "POST", user, body: text });

async function makeTree(user: TestUser): Promise<Conversation> {
  const settings = { systemPrompt: "Be brief.", temperature: 0 };
  const first = await converse(user, { settings, message: { text: "One\n\n<!-- question -->" } });
  await converse(user, {
    settings,
    conversationId: first.id,
    parentMessageId: first.messages[0]?.id,
    message: undefined,
  });
  return converse(user, { settings, conversationId: first.id, message: { text: "二？" } });
}

const textsOf = ({ messages }: Conversation) => messages.map(({ role, text }) => [role, text]);

describe("a conversation as a file", () => {
  it("comes back from JSON with every version and its settings", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const whole = await makeTree(user);
    const response = await read(user, whole.id, "json");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="One.json"; filename*=UTF-8''One.json`,
    );
    const text = await response.text();
    expect(text).not.toContain(user.id);
    const again = await send(user, text);
    expect(again.status).toBe(201);
    const copy: Conversation = await again.json();
    expect(copy.id).not.toBe(whole.id);
    expect(textsOf(copy)).toEqual(textsOf(whole));
    expect(copy.settings).toEqual(whole.settings);
    expect(copy.messages[1]?.siblings).toHaveLength(2);
    const [count] = await rowsOf(
      `select count(*)::int as n from "Message" where "conversationId" = $1`,
      [copy.id],
    );
    expect(count?.n).toBe(5);
  });

  it("comes back from Markdown with the branch in view", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const whole = await makeTree(user);
    const text = await (await read(user, whole.id, "markdown")).text();
    expect(text).toContain("## System prompt\n\nBe brief.");
    const copy: Conversation = await (await send(user, text)).json();
    expect(textsOf(copy)).toEqual(textsOf(whole));
    expect(copy.settings).toEqual({ systemPrompt: "Be brief." });
  });

  it("is read from messages as others keep them", async () => {
    const user = await createUser();
    const messages = [
      { role: "system", content: "Obey." },
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ];
    for (const body of [{ messages }, messages]) {
      const copy: Conversation = await (await send(user, JSON.stringify(body))).json();
      expect(textsOf(copy)).toEqual([
        ["user", "Hi"],
        ["assistant", "Hello"],
      ]);
      expect(copy.settings.systemPrompt).toBe("Obey.");
      expect(await readConversation(user, copy.id)).toEqual(copy);
    }
  });

  it("that is none, or whose tree is none, is refused, and nothing is written", async () => {
    const user = await createUser();
    const base = {
      format: "modelscope-playground/conversation",
      version: 1,
      title: "t",
      model: "a/b",
    };
    const at = "2026-11-25T00:00:00.000Z";
    const message = (key: string, parent: string | null) => ({
      key,
      parent,
      role: "user",
      text: "x",
      createdAt: at,
    });
    for (const text of [
      "",
      "{",
      "no marks here",
      JSON.stringify({ ...base, messages: [message("a", "b")] }),
      JSON.stringify({ ...base, messages: [message("a", "b"), message("b", "a")] }),
      JSON.stringify({ ...base, messages: [message("a", null), message("a", null)] }),
      JSON.stringify({ ...base, version: 2, messages: [] }),
      JSON.stringify({ messages: [{ role: "tool", content: "x" }] }),
    ]) {
      expect(await errorOf(await send(user, text))).toMatchObject({ status: 400 });
    }
    expect(await rowsOf(`select from "Conversation" where "userId" = $1`, [user.id])).toEqual([]);
  });

  it("IDR-01 of another is not found", async () => {
    const [owner, other] = [await createUser({ token: HEALTHY_TOKEN }), await createUser()];
    const { id } = await converse(owner);
    for (const format of ["json", "markdown"]) {
      expect(await errorOf(await read(other, id, format))).toMatchObject({ status: 404 });
      expect((await read(null, id, format)).status).toBe(401);
    }
  });
});

it("a file is named after its conversation, whatever signs its title has", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id } = await converse(user);
  const nameFor = async (title: string) => {
    await rowsOf(`update "Conversation" set title = $2 where id = $1`, [id, title]);
    return (await read(user, id, "markdown")).headers.get("content-disposition");
  };
  expect(await nameFor("限流 429")).toBe(
    `attachment; filename="_429.md"; filename*=UTF-8''%E9%99%90%E6%B5%81%20429.md`,
  );
  expect(await nameFor('../a"b;\r\nX: y')).toBe(
    `attachment; filename="a_b_X_y.md"; filename*=UTF-8''a%20b%3B%20X%20%20y.md`,
  );
  expect(await nameFor("...")).toBe(`attachment; filename="${id}.md"; filename*=UTF-8''${id}.md`);
});
