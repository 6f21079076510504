import { describe, expect, it } from "vitest";
import { POST as chat } from "@/app/api/chat/route";
import { call, createUser, errorOf, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";

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
