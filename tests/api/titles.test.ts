import { describe, expect, it } from "vitest";
import { PATCH as patchMe } from "@/app/api/me/route";
import { toTitleLine } from "@/lib/server/services/titles";
import {
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { converse, patchConversation, readConversation } from "../support/conversations";
import { frame } from "../support/frame";
import { readUiStream } from "../support/ui-stream";

async function createTitler(): Promise<TestUser> {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await call(patchMe, { method: "PATCH", user, body: { autoTitles: true } });
  return user;
}

/** Answers the second call, which asks for the title, after `between`. */
function titleWith(said: string, between: () => Promise<unknown> = async () => undefined): void {
  let count = 0;
  getSimulator().state.interceptors.set(CHAT_PATH, async ({ response }) => {
    count += 1;
    const isTitle = count > 1;
    if (isTitle) await between();
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(frame({ content: isTitle ? said : "An answer." }));
    response.end(frame({}, "stop"));
  });
}

const calls = (user: TestUser) =>
  rowsOf(`select status, "isCall", "runId" from "UsageEntry" where "userId" = $1`, [user.id]);

describe("an automatic title", () => {
  it("is one short call more, booked, and only where it is wanted", async () => {
    const quiet = await createUser({ token: HEALTHY_TOKEN });
    titleWith("never asked");
    const plain = await converse(quiet, { message: { text: "First line\nsecond" } });
    const user = await createTitler();
    titleWith("《限流的三种情况》。");
    const { id } = await converse(user, { message: { text: "429?" } });
    await waitFor(async () => (await readConversation(user, id)).title === "限流的三种情况");
    expect(await calls(user)).toHaveLength(2);
    expect(requestsTo(CHAT_PATH).at(-1)?.body).toMatchObject({ max_tokens: 40 });
    expect((await readConversation(quiet, plain.id)).title).toBe("First line");
    expect(await calls(quiet)).toHaveLength(1);
    await converse(user, { conversationId: id, message: { text: "More" } });
    expect(await calls(user)).toHaveLength(3);
  });

  it("DBF-07 never takes the place of one that the user gives meanwhile", async () => {
    const user = await createTitler();
    let id = "";
    titleWith("Of the model", () => patchConversation(user, id, { title: "Mine" }));
    const response = await ask(user, { message: { text: "429?" } });
    id = response.headers.get("x-conversation-id") ?? "";
    await readUiStream(response);
    await waitFor(async () => (await calls(user)).length === 2);
    await waitFor(async () => (await calls(user)).every(({ status }) => status !== "open"));
    expect((await readConversation(user, id)).title).toBe("Mine");
  });

  it("that fails leaves the first line, and nothing else behind", async () => {
    const user = await createTitler();
    let count = 0;
    getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
      count += 1;
      if (count > 1) return void response.destroy();
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(frame({ content: "An answer." }) + frame({}, "stop"));
    });
    const { id } = await converse(user, { message: { text: "429?" } });
    await waitFor(async () => (await calls(user)).length === 2);
    await waitFor(async () => (await calls(user)).every(({ status }) => status !== "open"));
    expect((await readConversation(user, id)).title).toBe("429?");
    expect(await rowsOf(`select from "LaneEntry" where "userId" = $1`, [user.id])).toEqual([]);
  });
});

const lines: [string, string][] = [
  ['"A title."', "A title"],
  ["**标题**", "标题"],
  ["Title: one\nThe title", "The title"],
  ["# Heading", "Heading"],
  ["", ""],
  ["x".repeat(200), "x".repeat(60)],
];
for (const [said, title] of lines) {
  it(`reads ${JSON.stringify(said.slice(0, 20))} as ${JSON.stringify(title.slice(0, 20))}`, () =>
    expect(toTitleLine(said)).toBe(title));
}
