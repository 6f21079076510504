import { describe, expect, it } from "vitest";
import { POST as chat } from "@/app/api/chat/route";
import { call, createUser, errorOf, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { order, SUBMIT_PATH } from "../support/order";
import { readUiStream } from "../support/ui-stream";

describe("LIM-05 numbers out of their range are refused with their field, and nothing is sent", () => {
  const inChat: [string, unknown][] = [
    ["maxTokens", 1e9],
    ["maxTokens", -1],
    ["maxTokens", 0],
    ["maxTokens", 1.5],
    ["maxTokens", "5"],
    ["maxTokens", null],
    ["temperature", 99],
    ["temperature", -0.1],
    ["topP", 1.1],
    ["frequencyPenalty", 3],
    ["presencePenalty", -3],
    ["seed", 1e30],
    ["seed", -1],
    ["thinkingBudget", 0],
    ["thinkingBudget", 1e9],
    ["n", 100],
    ["stop", ["a", "b", "c", "d", "e"]],
    ["tools", Array.from({ length: 33 }, () => ({ name: "f" }))],
  ];
  for (const [key, value] of inChat) {
    it(`chat ${key}: ${JSON.stringify(value)?.slice(0, 20)}`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const error = await errorOf(await ask(user, { settings: { [key]: value } }));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual([`settings.${key}`]);
      expect(requestsTo(CHAT_PATH)).toEqual([]);
    });
  }

  const inImage: [string, unknown][] = [
    ["n", 100],
    ["size", "99999x1"],
    ["size", "0x0"],
    ["size", "2064x512"],
    ["steps", 1e6],
    ["steps", 0],
    ["seed", 1e30],
    ["seed", -1],
    ["guidance", 0],
    ["guidance", 21],
    ["negativePrompt", "x".repeat(2_000)],
    ["prompt", "x".repeat(2_000)],
    [
      "loras",
      [
        { id: "a/b", weight: 0.5 },
        { id: "a/c", weight: 0.6 },
      ],
    ],
    ["uploads", []],
  ];
  for (const [key, value] of inImage) {
    it(`image ${key}: ${JSON.stringify(value)?.slice(0, 20)}`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const error = await errorOf(await order(user, { [key]: value }));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual([key]);
      expect(requestsTo(SUBMIT_PATH)).toEqual([]);
      expect(await rowsOf(`select id from "Image" where "userId" = $1`, [user.id])).toEqual([]);
    });
  }

  it("NaN and Infinity, which are no JSON", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const number of ["NaN", "Infinity", "-Infinity"]) {
      const body = `{"model":"a/b","message":{"text":"x"},"settings":{"temperature":${number}}}`;
      expect((await errorOf(await call(chat, { method: "POST", user, body }))).status).toBe(400);
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });
});

describe("LIM-06 a model that is not served is refused, and nothing is sent", () => {
  const ids: [string, string, RegExp][] = [
    ["not in the list", "someone/unknown-model", /does not serve/],
    ["known to the hub, not served", "MiniMax/MiniMax-M3", /does not serve/],
    ["in another case", "qwen/qwen3.5-35b-a3b", /Qwen\/Qwen3\.5-35B-A3B/],
    ["with a blank", "Qwen/Qwen3.5 35B", /organisation\/name/],
    ["with blanks around it", " Qwen/Qwen3.5-35B-A3B ", /organisation\/name/],
    ["a path", "../../etc/passwd", /organisation\/name/],
    ["dots", "../models", /organisation\/name/],
    ["1 KB long", `a/${"x".repeat(1_024)}`, /200/],
    ["empty", "", /./],
    ["of an unknown provider", "someone/model:Nobody", /does not serve/],
  ];
  for (const [about, model, text] of ids) {
    it(about, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      for (const refused of [await ask(user, { model }), await order(user, { model })]) {
        const error = await errorOf(refused);
        expect(error.status).toBe(400);
        expect(error.fields?.model).toMatch(text);
      }
      expect([...requestsTo(CHAT_PATH), ...requestsTo(SUBMIT_PATH)]).toEqual([]);
    });
  }

  it("but an id that is served is called, listed or not, with or without a provider", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const model of ["ZhipuAI/GLM-5.3-Flash", "Qwen/Qwen3-1.7B:DashScope"]) {
      const { readout } = await readUiStream(await ask(user, { model }));
      expect([model, readout.status]).toEqual([model, "complete"]);
    }
    expect(requestsTo(CHAT_PATH).map(({ body }) => (body as { model: string }).model)).toEqual([
      "ZhipuAI/GLM-5.3-Flash",
      "Qwen/Qwen3-1.7B:DashScope",
    ]);
  });
});
