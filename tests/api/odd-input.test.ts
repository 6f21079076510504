import fs from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { POST as createConversation } from "@/app/api/conversations/route";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { GET as getToken, PUT as putToken } from "@/app/api/token/route";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  rowsOf,
  setTokenState,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask } from "../support/ask";
import { order, ordered, untilEnded } from "../support/order";
import { readUiStream } from "../support/ui-stream";

const ODD = "a\u0000b\ud83dc";
const CLEAN = "ab\ufffdc";

describe("text that PostgreSQL cannot store", () => {
  it("is cleaned wherever people write", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const answer = await ask(user, { message: { text: ODD }, settings: { systemPrompt: ODD } });
    expect((await readUiStream(answer)).readout.status).toBe("complete");
    const [message] = await rowsOf(
      `select text from "Message" where "userId" = $1 and role = 'user'`,
      [user.id],
    );
    expect(message?.text).toBe(CLEAN);
    const conversation = await call(createConversation, {
      method: "POST",
      user,
      body: { title: ODD, model: "a/b" },
    });
    expect((await conversation.json()).title).toBe(CLEAN);
    const { prompt, parameters } = await ordered(user, { prompt: ODD, negativePrompt: ODD });
    expect([prompt, parameters.negativePrompt]).toEqual([CLEAN, CLEAN]);
  });
});

describe("a file", () => {
  const openFiles = () =>
    fs.readdirSync("/proc/self/fd").filter((fd) => {
      try {
        return fs.readlinkSync(`/proc/self/fd/${fd}`).includes("/files/images/");
      } catch {
        return false;
      }
    }).length;

  it("opens nothing for a HEAD or for a reader that never reads", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    const head = await call(getFile, { method: "HEAD", user, params: { id } });
    expect([head.status, head.body]).toEqual([200, null]);
    const unread = await Promise.all(
      Array.from({ length: 20 }, () => call(getFile, { user, params: { id } })),
    );
    expect(unread.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(openFiles()).toBe(0);
    const reader = unread[0]?.body?.getReader();
    await reader?.read();
    expect(openFiles()).toBe(1);
    await reader?.cancel();
    expect(openFiles()).toBe(0);
  });
});

describe("a body", () => {
  const send = (body: Uint8Array<ArrayBuffer> | ReadableStream, headers: object = {}) => {
    const init = { method: "POST", body, duplex: "half" };
    const request = new Request("http://localhost:3000/api/conversations", {
      ...init,
      headers: {
        cookie: user.cookie,
        "accept-language": "en",
        "content-type": "application/json",
        ...headers,
      },
    });
    return createConversation(request, { params: Promise.resolve({}) });
  };
  const conversation = (title: string) =>
    Buffer.from(JSON.stringify({ title, model: "a/b" }), "latin1");
  let user: TestUser;
  beforeEach(async () => {
    user = await createUser();
  });

  it("that is no UTF-8 is refused, not repaired", async () => {
    expect((await send(conversation("plain"))).status).toBe(201);
    expect(await errorOf(await send(conversation("caf\u00e9")))).toMatchObject({
      status: 400,
      fields: { body: "Not valid JSON" },
    });
  });

  it("of a type that only begins like JSON is refused", async () => {
    for (const [type, status] of [
      ["application/json; charset=utf-8", 201],
      ["application/json-seq", 415],
      ["application/jsonp", 415],
    ] as const) {
      expect((await send(conversation("x"), { "content-type": type })).status).toBe(status);
    }
  });

  it("that announces too much is refused unread", async () => {
    let isRead = false;
    const body = new ReadableStream(
      {
        pull: (controller) => {
          isRead = true;
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const response = await send(body, { "content-length": "1100000" });
    expect(await errorOf(response)).toMatchObject({ status: 413, code: "body_too_large" });
    expect(isRead).toBe(false);
  });
});

it("a chat model is no picture model", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const error = await errorOf(await order(user, { model: "Qwen/Qwen3.5-35B-A3B" }));
  expect(Object.keys(error.fields ?? {})).toEqual(["model"]);
});

it("tokens stored at once leave one, and too many are refused with a time", async () => {
  const user = await createUser();
  const put = () => call(putToken, { method: "PUT", user, body: { token: HEALTHY_TOKEN } });
  const answers = await Promise.all(Array.from({ length: 21 }, put));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
  const refused = answers.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await (await call(getToken, { user })).json()).toMatchObject({ state: "valid" });
  expect(
    await rowsOf(`select id from "ModelScopeToken" where "userId" = $1`, [user.id]),
  ).toHaveLength(1);
});

it("a chat tells of its token as well: refused, or accepted after all", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await setTokenState(user, "unchecked");
  const other = await createUser({ token: "ms-00000000-0000-4000-8000-000000000099" });
  await setTokenState(other, "unchecked");
  await readUiStream(await ask(user));
  await readUiStream(await ask(other));
  const stateOf = async ({ id }: { id: string }) =>
    (await rowsOf(`select state from "ModelScopeToken" where "userId" = $1`, [id]))[0]?.state;
  await waitFor(async () => (await stateOf(other)) === "invalid");
  await waitFor(async () => (await stateOf(user)) === "valid");
});
