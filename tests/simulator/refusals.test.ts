import { describe, expect, it } from "vitest";
import type { REFUSING_MODELS } from "@/simulator/models/refusing-models";
import { tokenOf } from "../support/tokens";
import { chat, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();
const { state } = simulator;

type Expected = {
  status: number;
  text?: string;
  change?: object;
  headers?: Record<string, string>;
};

const id = (name: string) => `simulator/${name}`;
const limit = { status: 429, text: "Request limit exceeded." };

/** What the first call of each model gets. */
const FIRST: Record<keyof typeof REFUSING_MODELS, Expected> = {
  "simulator/restricted": { status: 403, text: "no permission" },
  "simulator/no-provider": {
    status: 400,
    text: `Model id : ${id("no-provider")} , has no provider supported`,
  },
  "simulator/invalid-id": { status: 400, text: `Invalid model id: ${id("invalid-id")}` },
  "simulator/one-temperature": {
    status: 400,
    text: "only 1 is allowed",
    change: { temperature: 0.7 },
  },
  "simulator/quota-day": {
    status: 429,
    text: `today's quota for model ${id("quota-day")}, please try again tomorrow`,
  },
  "simulator/transient-quota": { status: 429, text: '"code":"insufficient_quota"' },
  "simulator/request-limit": {
    status: 429,
    text: '{"errors":{"message":"Request limit exceeded."},"request_id":',
  },
  "simulator/no-balance": { status: 429, text: "insufficient balance" },
  "simulator/bad-gateway": { status: 502, text: "Bad Gateway" },
  "simulator/busy": { status: 503, text: "Server is busy, please try again later" },
  "simulator/blocked": { status: 400, text: '"code":"data_inspection_failed"' },
  "simulator/refuses-thinking": {
    status: 400,
    text: "parameter.enable_thinking is not supported",
    change: { chat_template_kwargs: { enable_thinking: false } },
  },
  "simulator/status-400": { status: 400, text: "Bad Request" },
  "simulator/status-401": { status: 401, text: "Unauthorized" },
  "simulator/status-403": { status: 403, text: "Forbidden" },
  "simulator/status-404": { status: 404, text: "Not Found" },
  "simulator/status-500": { status: 500, text: "Internal Server Error" },
  "simulator/status-502": { status: 502, text: "Bad Gateway" },
  "simulator/status-503": { status: 503, text: "Service Unavailable" },
  "simulator/status-529": { status: 529, text: "Overloaded" },
  "simulator/retry-after-2": { ...limit, headers: { "retry-after": "2" } },
  "simulator/retry-after-date": limit,
  "simulator/retry-after-0": { ...limit, headers: { "retry-after": "0" } },
  "simulator/retry-after-minus": { ...limit, headers: { "retry-after": "-1" } },
  "simulator/retry-after-huge": { ...limit, headers: { "retry-after": "1000000000" } },
  "simulator/retry-after-junk": { ...limit, headers: { "retry-after": "soon" } },
  "simulator/retry-after-none": limit,
  "simulator/echo-401": {
    status: 401,
    text: `Bearer ${TOKEN}`,
    headers: { "www-authenticate": `Bearer error="Bearer ${TOKEN}"` },
  },
  "simulator/empty-200": { status: 200, headers: { "content-length": "0" } },
  "simulator/html-200": { status: 200, text: "<!doctype html>" },
  "simulator/empty-shell": { status: 200, text: '"choices":null' },
  "simulator/plain-json": {
    status: 200,
    text: '"object":"chat.completion"',
    headers: { "content-type": "application/json" },
  },
  "simulator/stall-headers": { status: 0 },
  "simulator/redirect-301": { status: 301, headers: { location: "http://127.0.0.1:9/" } },
  "simulator/redirect-302": { status: 302, headers: { location: "http://127.0.0.1:9/" } },
  "simulator/redirect-303": { status: 303, headers: { location: "http://127.0.0.1:9/" } },
  "simulator/redirect-307": { status: 307, headers: { location: "http://127.0.0.1:9/" } },
  "simulator/redirect-308": { status: 308, headers: { location: "http://127.0.0.1:9/" } },
};

describe("what a model refuses with", () => {
  for (const [model, { status, text = "", change, headers = {} }] of Object.entries(FIRST)) {
    it(`${model}: ${status || "silence"}`, async () => {
      const signal = AbortSignal.timeout(status === 0 ? 200 : 5_000);
      const call = chat(simulator, { model, stream: true, ...change }, { signal });
      if (status === 0) return expect(call).rejects.toThrow(/timeout/);
      const response = await call;
      expect(response.status).toBe(status);
      expect(Object.fromEntries(response.headers)).toMatchObject(headers);
      if (model.endsWith("-none")) expect(response.headers.has("retry-after")).toBe(false);
      const body = await response.text();
      expect(body).toContain(text);
      if (text === "") expect(body).toBe("");
    });
  }

  it("nothing, where the one parameter is left out", async () => {
    for (const change of [
      { model: "simulator/one-temperature" },
      { model: "simulator/one-temperature", temperature: 1 },
      { model: "simulator/refuses-thinking" },
    ]) {
      expect((await chat(simulator, change)).status).toBe(200);
    }
    for (const change of [{ enable_thinking: true }, { thinking_budget: 5 }]) {
      const refused = await chat(simulator, { model: "simulator/refuses-thinking", ...change });
      expect(refused.status).toBe(400);
    }
  });

  it("twice for each token, where it names a time", async () => {
    const model = "simulator/retry-after-date";
    for (const token of [TOKEN, tokenOf("0008")]) {
      const statuses: number[] = [];
      for (let at = 0; at < 4; at += 1) {
        const { status, headers } = await chat(simulator, { model }, { token });
        statuses.push(status);
        if (status !== 429) continue;
        const aheadMs = Date.parse(headers.get("retry-after") ?? "") - state.clock.nowMs();
        expect(aheadMs).toBeGreaterThan(0);
        expect(aheadMs).toBeLessThanOrEqual(2_000);
      }
      expect(statuses).toEqual([429, 429, 200, 200]);
    }
    expect(state.attempts.get(`${TOKEN} ${model}`)).toBe(4);
  });
});

describe("what a call gets wrong", () => {
  const picture = (url: string) => ({
    messages: [{ role: "user", content: [{ type: "image_url", image_url: { url } }] }],
  });
  const off = { enable_thinking: false };
  const cases: [string, object, number, string?][] = [
    ["no messages", { messages: undefined }, 200, '"choices":null'],
    ["the functions of 2023", { functions: [] }, 200, '"choices":null'],
    [
      "a named tool",
      { tool_choice: { type: "function", function: { name: "a" } } },
      200,
      '"choices":null',
    ],
    ["an id without slash", { model: "qwen" }, 400, "Invalid model id: qwen"],
    ["an id of Object's", { model: "constructor" }, 400, "Invalid model id"],
    ["a picture for a blind model", picture("https://a.example/b.png"), 400, "image input"],
    [
      "a picture that is none",
      { model: "Qwen/Qwen3.5-27B", ...off, ...picture("cat") },
      400,
      "image_url",
    ],
    [
      "a picture's address",
      { model: "Qwen/Qwen3.5-27B", ...off, ...picture("https://a.example/b.png") },
      200,
      "1 picture: at https://a.example/b.png",
    ],
    [
      "JSON mode without the word",
      { model: "simulator/dashscope", ...off, response_format: { type: "json_object" } },
      400,
      "must contain the word 'json'",
    ],
    ["unknown fields", { reasoning_effort: "high", n: 3, top_k: 5 }, 200, "simulator"],
    ["an unlisted model", { model: "ZhipuAI/GLM-5.3-Flash", ...off }, 200, "simulator"],
    [
      "a provider's model",
      { model: "Qwen/Qwen3-1.7B:DashScope", ...off },
      200,
      '"system_fingerprint":null',
    ],
  ];
  for (const [name, change, status, text = ""] of cases) {
    it(`${name}: ${status}`, async () => {
      const response = await chat(simulator, change);
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(text);
    });
  }
});
