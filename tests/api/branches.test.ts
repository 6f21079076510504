import { describe, expect, it } from "vitest";
import { POST as branch } from "@/app/api/conversations/[id]/branch/route";
import { DELETE as remove } from "@/app/api/conversations/[id]/messages/[messageId]/route";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { converse, patchConversation, readConversation } from "../support/conversations";
import { runIdOf, waitForText } from "../support/runs";
import { readUiStream } from "../support/ui-stream";

const healthy = () => createUser({ token: HEALTHY_TOKEN });
const say = (text: string) => ({ message: { text } });
const textsOf = ({ messages }: Conversation) =>
  messages.filter(({ role }) => role === "user").map(({ text }) => text);

/** Deletes a message as the interface does. */
const deleteMessage = (user: TestUser, id: string, messageId: string) =>
  call(remove, { method: "DELETE", user, params: { id, messageId } });

describe("a question answered anew", () => {
  it("keeps the answer before, is asked without it, and both are versions", async () => {
    const user = await healthy();
    const first = await converse(user, say("One"));
    const [question, answer] = first.messages;
    const again = await converse(user, {
      conversationId: first.id,
      parentMessageId: question?.id,
      message: undefined,
      model: "Qwen/Qwen3.5-27B",
    });
    expect(requestsTo(CHAT_PATH).at(-1)?.body).toMatchObject({
      model: "Qwen/Qwen3.5-27B",
      messages: [{ role: "user", content: "One" }],
    });
    expect(again.messages).toHaveLength(2);
    const shown = again.messages.at(-1);
    expect(shown?.id).not.toBe(answer?.id);
    expect(shown?.siblings).toEqual([answer?.id, shown?.id]);
    expect(again.messages[0]?.siblings).toEqual([question?.id]);
  });

  it("is refused where what stands there is no question", async () => {
    const user = await healthy();
    const { id, messages } = await converse(user);
    for (const parentMessageId of [messages[1]?.id, null, undefined]) {
      const error = await errorOf(
        await ask(user, { conversationId: id, parentMessageId, message: undefined }),
      );
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual(["parentMessageId"]);
    }
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });
});

describe("an edited question", () => {
  it("stands beside the old one, with everything that followed that", async () => {
    const user = await healthy();
    const { id } = await converse(user, say("One"));
    const before = await converse(user, { conversationId: id, ...say("Two") });
    const [one, , two] = before.messages;
    const edited = await converse(user, {
      conversationId: id,
      parentMessageId: before.messages[1]?.id,
      ...say("Two, better"),
    });
    expect(textsOf(edited)).toEqual(["One", "Two, better"]);
    const root = await converse(user, { conversationId: id, parentMessageId: null, ...say("Uno") });
    expect(textsOf(root)).toEqual(["Uno"]);
    expect(root.messages[0]?.siblings).toEqual([one?.id, root.messages[0]?.id]);
    const back = await (await patchConversation(user, id, { shownMessageId: two?.id })).json();
    expect(textsOf(back)).toEqual(["One", "Two"]);
    expect(textsOf(await readConversation(user, id))).toEqual(["One", "Two"]);
    // Without a parent it goes on from what is shown.
    const next = await converse(user, { conversationId: id, ...say("Three") });
    expect(textsOf(next)).toEqual(["One", "Two", "Three"]);
  });

  it("of the first version is found again through its newest answer", async () => {
    const user = await healthy();
    const { id, messages } = await converse(user, say("One"));
    await converse(user, { conversationId: id, ...say("Two") });
    await converse(user, { conversationId: id, parentMessageId: null, ...say("Uno") });
    const [one] = messages;
    const shown = await (await patchConversation(user, id, { shownMessageId: one?.id })).json();
    expect(textsOf(shown)).toEqual(["One", "Two"]);
  });
});

describe("a message deleted", () => {
  it("takes what follows with it, and another version is shown", async () => {
    const user = await healthy();
    const { id, messages } = await converse(user, say("One"));
    const [, answer] = messages;
    const both = await converse(user, {
      conversationId: id,
      parentMessageId: messages[0]?.id,
      message: undefined,
    });
    const second = both.messages[1]?.id ?? "";
    await converse(user, { conversationId: id, ...say("Two") });
    expect((await deleteMessage(user, id, second)).status).toBe(204);
    const left = await readConversation(user, id);
    expect(left.messages.map((message) => message.id)).toEqual([messages[0]?.id, answer?.id]);
    expect(await rowsOf(`select from "UsageEntry" where "userId" = $1`, [user.id])).toHaveLength(3);
    expect((await deleteMessage(user, id, second)).status).toBe(404);
  });

  it("stops an answer that is being written there, and books it", async () => {
    const user = await healthy();
    const response = await ask(user, { model: "simulator/endless" });
    const runId = runIdOf(response);
    await waitForText(runId);
    const id = response.headers.get("x-conversation-id") ?? "";
    const { messages } = await readConversation(user, id);
    expect((await deleteMessage(user, id, messages[0]?.id ?? "")).status).toBe(204);
    expect((await readUiStream(response)).readout.status).toBe("stopped");
    const [row] = await rowsOf(`select status, "isCall" from "UsageEntry" where "runId" = $1`, [
      runId,
    ]);
    expect(row).toEqual({ status: "stopped", isCall: true });
  });
});

describe("a branch", () => {
  it("is a conversation of its own up to the message, and goes on by itself", async () => {
    const user = await healthy();
    const { id } = await converse(user, say("One"));
    const whole = await converse(user, { conversationId: id, ...say("Two") });
    const body = { messageId: whole.messages[1]?.id };
    await rowsOf(`update "Conversation" set title = 'One (9)' where id = $1`, [id]);
    const response = await call(branch, { method: "POST", user, params: { id }, body });
    expect(response.status).toBe(201);
    const fork: Conversation = await response.json();
    expect([fork.id === id, fork.title]).toEqual([false, "One (10)"]);
    expect(textsOf(fork)).toEqual(["One"]);
    expect(fork.messages[1]?.text).toBe(whole.messages[1]?.text);
    await converse(user, { conversationId: fork.id, ...say("Other") });
    expect(textsOf(await readConversation(user, id))).toEqual(["One", "Two"]);
    expect(textsOf(await readConversation(user, fork.id))).toEqual(["One", "Other"]);
  });
});

describe("IDR-06 ids of others", () => {
  it("in any place refuse the whole call, change nothing and cost nothing", async () => {
    const [owner, other] = [await healthy(), await healthy()];
    const theirs = await converse(owner, say("Theirs"));
    const mine = await converse(other, say("Mine"));
    const foreign = theirs.messages[0]?.id ?? "";
    const calls = requestsTo(CHAT_PATH).length;
    const tries = [
      ask(other, { conversationId: mine.id, parentMessageId: foreign }),
      ask(other, { conversationId: mine.id, parentMessageId: foreign, message: undefined }),
      ask(other, { conversationId: theirs.id }),
      patchConversation(other, mine.id, { shownMessageId: foreign }),
      patchConversation(other, theirs.id, { shownMessageId: foreign }),
      patchConversation(other, theirs.id, { isColumn: false }),
      call(branch, {
        method: "POST",
        user: other,
        params: { id: mine.id },
        body: { messageId: foreign },
      }),
      call(branch, {
        method: "POST",
        user: other,
        params: { id: theirs.id },
        body: { messageId: foreign },
      }),
      deleteMessage(other, theirs.id, foreign),
      deleteMessage(other, mine.id, foreign),
    ];
    for (const response of await Promise.all(tries)) {
      expect(await errorOf(response)).toMatchObject({ status: 404, code: "not_found" });
    }
    expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
    expect(await readConversation(owner, theirs.id)).toEqual(theirs);
    expect(await readConversation(other, mine.id)).toEqual(mine);
  });
});

describe("a conversation of a thousand messages", () => {
  it("is read page by page from its end, without gap or repeat", async () => {
    const user = await createUser();
    const conversation = `cnv_${user.id}`;
    await rowsOf(
      `insert into "Conversation" (id, "userId", title, model) values ($1, $2, 't', 'a/b')`,
      [conversation, user.id],
    );
    await rowsOf(
      `insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "createdAt")
       select $1 || g, $1, $2, case when g > 1 then $1 || (g - 1) end,
              (case g % 2 when 1 then 'user' else 'assistant' end)::"MessageRole", 'm' || g,
              now() + g * interval '1 s'
       from generate_series(1, 1000) g`,
      [conversation, user.id],
    );
    const seen: string[] = [];
    let page = await readConversation(user, conversation);
    for (;;) {
      seen.unshift(...page.messages.map(({ text }) => text));
      if (!page.hasEarlier) break;
      page = await readConversation(user, conversation, `?before=${page.messages[0]?.id}`);
    }
    expect(seen).toEqual(Array.from({ length: 1_000 }, (_unused, index) => `m${index + 1}`));
    const around = await readConversation(user, conversation, `?around=${conversation}700`);
    expect(around.messages[0]?.text).toBe("m700");
    expect(around.messages.at(-1)?.text).toBe("m1000");
    const late = await readConversation(user, conversation, `?around=${conversation}990`);
    expect(late.messages).toHaveLength(30);
  });
});
