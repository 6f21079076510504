import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { GET as getConversation } from "@/app/api/conversations/[id]/route";
import { GET as getFile } from "@/app/api/uploads/[id]/file/route";
import { getSettings } from "@/lib/server/env";
import {
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf, MESSAGES_PATH } from "../support/ask";
import { readUiStream } from "../support/ui-stream";
import { png, send, uploaded } from "../support/upload";

const PROVIDERS = "/api/v1/inference/list_model_providers";
const VISION = "Qwen/Qwen3.5-35B-A3B";
const messagesOf = (body: unknown) => (body as { messages: { content: unknown }[] }).messages;

describe("an upload", () => {
  it("is encoded anew, without metadata, and only its owner reads it", async () => {
    const user = await createUser();
    const { id, width, height, sizeBytes } = await uploaded(user);
    expect([width, height]).toEqual([8, 6]);
    const response = await call(getFile, { user, params: { id } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.headers.get("content-type"), bytes.byteLength]).toEqual([
      "image/png",
      sizeBytes,
    ]);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    const other = await createUser();
    expect((await call(getFile, { user: other, params: { id } })).status).toBe(404);
  });

  const refused: [string, () => Buffer, number, string][] = [
    ["nothing", () => Buffer.alloc(0), 415, "unsupported_picture"],
    ["a page", () => Buffer.from("<html>"), 415, "unsupported_picture"],
    [
      "SVG",
      () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      415,
      "unsupported_picture",
    ],
    [
      "magic bytes alone",
      () => Buffer.from("\x89PNG\r\n\x1a\nxxxx", "latin1"),
      415,
      "unsupported_picture",
    ],
    ["too many bytes", () => Buffer.alloc(10_000_001), 413, "body_too_large"],
  ];
  for (const [about, toBytes, status, code] of refused) {
    it(`is refused: ${about}`, async () => {
      const user = await createUser();
      expect(await errorOf(await send(user, toBytes()))).toMatchObject({ status, code });
      expect(await rowsOf(`select id from "Upload" where "userId" = $1`, [user.id])).toEqual([]);
    });
  }
});

describe("the room for uploads", () => {
  it("ends at the user's quota, and at sixty a minute", async () => {
    const user = await createUser();
    await uploaded(user);
    await rowsOf(`update "Upload" set "sizeBytes" = 1000000000 where "userId" = $1`, [user.id]);
    await rowsOf(`update "RateWindow" set count = 59 where key = $1`, [`upload:${user.id}`]);
    expect(await errorOf(await send(user, await png()))).toMatchObject({
      status: 413,
      code: "uploads_full",
    });
    const refused = await send(user, await png());
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await errorOf(refused)).toMatchObject({ status: 429, code: "too_many_requests" });
    await uploaded(await createUser());
  });

  it("is left as it was by a picture whose row cannot be written", async () => {
    const user = await createUser();
    const files = () => fs.readdirSync(path.join(getSettings().DATA_DIR, "files/uploads")).length;
    await uploaded(user);
    const before = files();
    await rowsOf(`alter table "Upload" add constraint "NoSevens" check (width <> 7) not valid`);
    expect((await send(user, await png(7))).status).toBeGreaterThanOrEqual(500);
    await rowsOf(`alter table "Upload" drop constraint "NoSevens"`);
    expect(files()).toBe(before);
  });
});

describe("pictures in a chat", () => {
  it("go along as data URLs, in this turn and the next, booked as vision", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const [a, b] = [await uploaded(user), await uploaded(user)];
    const message = { text: "What is it?", uploads: [a.id, b.id] };
    const response = await ask(user, { model: VISION, message });
    const conversationId = response.headers.get("x-conversation-id") ?? "";
    const { readout } = await readUiStream(response);
    expect(readout.status).toBe("complete");
    expect(requestsTo(CHAT_PATH)[0]?.body).toMatchObject({
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is it?" },
            {
              type: "image_url",
              image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) },
            },
            { type: "image_url" },
          ],
        },
      ],
    });
    expect(await ledgerRowOf(readout.runId)).toMatchObject({ kind: "vision" });
    const { messages } = await (
      await call(getConversation, { user, params: { id: conversationId } })
    ).json();
    expect(messages[0].uploads).toEqual([a.id, b.id]);
    await readUiStream(
      await ask(user, { model: VISION, conversationId, message: { text: "And now?" } }),
    );
    const history = messagesOf(requestsTo(CHAT_PATH)[1]?.body);
    expect(history).toHaveLength(3);
    expect(history[0]?.content).toHaveLength(3);
  });

  it("go along as blocks in Anthropic's protocol", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await uploaded(user);
    const settings = { protocol: "anthropic" };
    const { readout } = await readUiStream(
      await ask(user, { model: VISION, settings, message: { text: "?", uploads: [id] } }),
    );
    expect(readout.status).toBe("complete");
    expect(requestsTo(MESSAGES_PATH)[0]?.body).toMatchObject({
      messages: [
        {
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png" } },
            { type: "text" },
          ],
        },
      ],
    });
  });

  it("go to a model of which nothing is known but that it is served", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await uploaded(user);
    getSimulator().state.interceptors.set(
      PROVIDERS,
      ({ response }) =>
        void response.end(JSON.stringify({ Data: { Providers: [{ Name: "ModelScope" }] } })),
    );
    await readUiStream(
      await ask(user, { model: "someone/new-eyes", message: { text: "?", uploads: [id] } }),
    );
    expect(messagesOf(requestsTo(CHAT_PATH)[0]?.body)[0]?.content).toHaveLength(2);
  });

  it("are refused before any call where the model cannot see, or they are another's", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await uploaded(user);
    const blind = await errorOf(await ask(user, { message: { text: "?", uploads: [id] } }));
    expect(blind.fields?.model).toMatch(/cannot see/);
    const other = await createUser({ token: HEALTHY_TOKEN });
    const foreign = await ask(other, { model: VISION, message: { text: "?", uploads: [id] } });
    expect(await errorOf(foreign)).toMatchObject({ status: 404, code: "not_found" });
    for (const uploads of [
      Array.from({ length: 9 }, (_, n) => `upl_${n}`),
      [id, id],
      "x",
      [{ not: "" }],
      ["https://example.com/a.png"],
    ]) {
      expect((await ask(user, { model: VISION, message: { text: "?", uploads } })).status).toBe(
        400,
      );
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });
});

describe("the pictures of a long conversation", () => {
  const picturesOf = (body: unknown) =>
    messagesOf(body).map(({ content }) => (Array.isArray(content) ? content.length - 1 : 0));

  async function converse(user: TestUser, turns: string[][]): Promise<string> {
    let conversationId = "";
    for (const uploads of turns) {
      const message = { text: "Look", ...(uploads.length > 0 && { uploads }) };
      const change = { model: VISION, message, ...(conversationId && { conversationId }) };
      const response = await ask(user, change);
      conversationId = response.headers.get("x-conversation-id") ?? "";
      expect((await readUiStream(response)).readout.status).toBe("complete");
    }
    return conversationId;
  }

  it("are sent up to eight, the newest first", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const ids = await Promise.all(Array.from({ length: 9 }, async () => (await uploaded(user)).id));
    await converse(user, [ids.slice(0, 5), ids.slice(5), []]);
    // Question, answer, question, answer, question: of the first five only four still fit.
    expect(picturesOf(requestsTo(CHAT_PATH).at(-1)?.body)).toEqual([4, 0, 4, 0, 0]);
  });

  it("are sent up to 20 MB, and the question's own must fit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const [a, b, c] = [await uploaded(user), await uploaded(user), await uploaded(user)];
    await rowsOf(`update "Upload" set "sizeBytes" = 9000000 where "userId" = $1`, [user.id]);
    await converse(user, [[a.id], [b.id, c.id]]);
    expect(picturesOf(requestsTo(CHAT_PATH).at(-1)?.body)).toEqual([0, 0, 2]);
    const message = { text: "?", uploads: [a.id, b.id, c.id] };
    const error = await errorOf(await ask(user, { model: VISION, message }));
    expect(error.fields).toEqual({ "message.uploads": expect.stringContaining("20 MB") });
  });

  it("go on without one that was deleted, or for a model that cannot see", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const [a, b] = [await uploaded(user), await uploaded(user)];
    const conversationId = await converse(user, [[a.id], [b.id]]);
    await rowsOf(`delete from "Upload" where id = $1`, [a.id]);
    await readUiStream(await ask(user, { model: VISION, conversationId }));
    expect(picturesOf(requestsTo(CHAT_PATH).at(-1)?.body)).toEqual([0, 0, 1, 0, 0]);
    const blind = await readUiStream(await ask(user, { conversationId }));
    expect(blind.readout.status).toBe("complete");
    expect(await ledgerRowOf(blind.readout.runId)).toMatchObject({ kind: "chat" });
  });
});
