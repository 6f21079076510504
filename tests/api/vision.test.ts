import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { GET as getConversation } from "@/app/api/conversations/[id]/route";
import { GET as getFile } from "@/app/api/uploads/[id]/file/route";
import { POST as upload } from "@/app/api/uploads/route";
import type { Upload } from "@/lib/shared/schemas/upload";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf, MESSAGES_PATH } from "../support/ask";
import { imageLedgerRowOf, order, ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import { readUiStream } from "../support/ui-stream";

const VISION = "Qwen/Qwen3.5-35B-A3B";
const png = (width = 8, height = 6) =>
  sharp({ create: { width, height, channels: 3, background: "#285" } })
    .png()
    .withMetadata({ exif: { IFD0: { Artist: "Somebody" } } })
    .toBuffer();

const send = (user: TestUser | null, bytes: Uint8Array) => {
  const request = new Request("http://localhost:3000/api/uploads", {
    method: "POST",
    headers: {
      "content-type": "image/png",
      ...(user && { cookie: user.cookie }),
      "accept-language": "en",
    },
    body: new Uint8Array(bytes),
  });
  return upload(request, { params: Promise.resolve({}) });
};
async function uploaded(user: TestUser): Promise<Upload> {
  const response = await send(user, await png());
  expect(response.status).toBe(201);
  return response.json();
}

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

describe("editing a picture", () => {
  const EDIT = "Qwen/Qwen-Image-Edit-2511";
  it("sends the user's own pictures and books an edit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id: uploadId } = await uploaded(user);
    const { id } = await ordered(user, { model: EDIT, uploads: [uploadId] });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", uploads: [uploadId] });
    const sent = requestsTo(SUBMIT_PATH)[0]?.body;
    expect(sent).toMatchObject({ image_url: [expect.stringMatching(/^data:image\/png;base64,/)] });
    expect(await imageLedgerRowOf(id)).toMatchObject({ kind: "edit", isCall: true });
  });

  it("is refused without a picture, with too many, on other models, or with another's", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await uploaded(user);
    const fieldsOf = async (change: object) =>
      (await errorOf(await order(user, change))).fields ?? {};
    expect(await fieldsOf({ model: EDIT })).toHaveProperty("model");
    const four = await Promise.all(
      Array.from({ length: 4 }, async () => (await uploaded(user)).id),
    );
    expect(await fieldsOf({ model: EDIT, uploads: four })).toHaveProperty("model");
    expect(await fieldsOf({ model: EDIT, uploads: [id, id] })).toHaveProperty("uploads");
    expect(await fieldsOf({ uploads: [id] })).toHaveProperty("model");
    const other = await createUser({ token: HEALTHY_TOKEN });
    expect((await order(other, { model: EDIT, uploads: [id] })).status).toBe(404);
    expect(requestsTo(SUBMIT_PATH)).toEqual([]);
  });
});

it("LoRAs are sent as ModelScope takes them: one as a string, several as a map", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const one = [{ id: "owner/one", weight: 0.8 }];
  const two = [
    { id: "owner/one", weight: 0.6 },
    { id: "owner/two", weight: 0.4 },
  ];
  for (const loras of [one, two]) {
    const { id } = await ordered(user, { loras });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", parameters: { loras } });
  }
  const sent = requestsTo(SUBMIT_PATH).map(({ body }) => (body as { loras: unknown }).loras);
  expect(sent).toEqual(["owner/one", { "owner/one": 0.6, "owner/two": 0.4 }]);
});
