import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Answer, askSite, at } from "../support/site";
import { tokenOf } from "../support/tokens";

const FOLDER = path.resolve(import.meta.dirname, "../fixtures/modelscope");
const CHAT = "/v1/chat/completions";
const CODER = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
const HEALTHY = tokenOf("1");

const fixtureSchema = z.strictObject({
  source: z.string().min(1),
  date: z.string().regex(/^20\d\d(-\d\d(-\d\d)?|\/\d\d)?$/),
  certainty: z.enum(["measured", "official", "official code", "seen in clients", "inferred"]),
  status: z.int(),
  body: z.json(),
});

const readFixture = (name: string) =>
  fixtureSchema.parse(JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.json`), "utf8")));

const chat = (token: string, model = CODER, more: object = {}) =>
  askSite(CHAT, {
    method: "POST",
    token,
    body: { model, messages: [{ role: "user", content: "你好" }], stream: true, ...more },
  });

const submit = (prompt: string, isAsync = true) =>
  askSite("/v1/images/generations", {
    method: "POST",
    token: HEALTHY,
    body: { model: "Tongyi-MAI/Z-Image-Turbo", prompt },
    headers: { ...(isAsync && { "x-modelscope-async-mode": "true" }) },
  });

const poll = (id: unknown, headers: Record<string, string> = {}) =>
  askSite(`/v1/tasks/${id}`, { token: HEALTHY, headers });

/** The finished task of a prompt. */
async function finish(prompt: string): Promise<Answer> {
  const id = at((await submit(prompt)).body, "task_id");
  for (let polls = 0; polls < 10; polls += 1) {
    const answer = await poll(id, { "x-modelscope-task-type": "image_generation" });
    if (at(answer.body, "task_status") === "SUCCEED") return answer;
  }
  throw new Error("the task did not finish");
}

const providers = (id: string) => askSite(`/api/v1/inference/list_model_providers?ModelId=${id}`);
const site = (what: string, token: string) => askSite(`/openapi/v1/${what}`, { token });

type Row = {
  ask: () => Promise<Answer>;
  /** `value`: the same. `part`: less than the capture, never anything else. `shape`: keys and types. */
  by: "value" | "part" | "shape";
  /** The simulator's own id in place of the one in the captured text. */
  swap?: [captured: string, simulated: string];
};

const ROWS: Record<string, Row> = {
  "chat-not-streamed": {
    ask: () => chat(HEALTHY, CODER, { stream: false }),
    by: "shape",
  },
  "image-sync-refused": { ask: () => submit("A golden cat", false), by: "value" },
  "image-submitted": { ask: () => submit("A golden cat"), by: "value" },
  "task-succeeded-a": { ask: () => finish("A golden cat sitting on a windowsill"), by: "value" },
  "task-succeeded-b": { ask: () => finish("A golden cat"), by: "part" },
  "task-not-found": { ask: () => poll("1"), by: "value" },
  balance: { ask: () => site("magicubes/balance", HEALTHY), by: "shape" },
  "e1-unknown-token": { ask: () => chat("ms-unknown"), by: "value" },
  "e2-not-bound": { ask: () => chat(tokenOf("2")), by: "value" },
  "e3-not-verified": { ask: () => chat(tokenOf("3")), by: "value" },
  "e5-no-provider": { ask: () => chat(HEALTHY, "MiniMax/MiniMax-M3"), by: "value" },
  "e9-quota-of-the-day": {
    ask: () => chat(HEALTHY, "simulator/quota-day"),
    by: "value",
    swap: ["ZhipuAI/GLM-5.1", "simulator/quota-day"],
  },
  "e11-request-limit": {
    ask: () => chat(HEALTHY, "simulator/request-limit"),
    by: "value",
  },
  "e12-no-balance": { ask: () => chat(tokenOf("4")), by: "value" },
  "embeddings-without-format": {
    ask: () =>
      askSite("/v1/embeddings", {
        method: "POST",
        token: HEALTHY,
        body: { model: "Qwen/Qwen3-Embedding-8B", input: "你好" },
      }),
    by: "value",
  },
  "users-me": { ask: () => site("users/me", HEALTHY), by: "shape" },
  "users-me-unknown-token": { ask: () => site("users/me", "ms-unknown"), by: "value" },
  providers: { ask: () => providers("deepseek-ai/DeepSeek-V4-Pro"), by: "value" },
  "providers-none": { ask: () => providers("MiniMax/MiniMax-M3"), by: "value" },
};

/** Different in every answer; where the request id stands differs between captures of the same error. */
const VARYING = new Set(["id", "task_id", "created", "seed", "timeTaken", "time_taken"]);
const PICTURE = /^https?:\/\/[^/]+\/img\/[0-9a-f]{32}\.(png|jpeg)$/;

/** A body without what differs from call to call. */
function toComparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toComparable);
  if (typeof value === "string" && PICTURE.test(value)) return "a picture";
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "request_id");
  return Object.fromEntries(
    entries.map(([key, item]) => [key, VARYING.has(key) ? typeof item : toComparable(item)]),
  );
}

function toShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toShape);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toShape(item)]));
}

describe("the simulator answers as the service was seen to", () => {
  it("in every capture there is", () => {
    const files = fs.readdirSync(FOLDER).map((file) => path.basename(file, ".json"));
    expect(Object.keys(ROWS).toSorted()).toEqual(files.toSorted());
  });

  for (const [name, { ask, by, swap }] of Object.entries(ROWS)) {
    const { status, body, date, certainty } = readFixture(name);
    it(`${name} (${certainty} ${date})`, async () => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      const text = JSON.stringify(body);
      const captured = toComparable(JSON.parse(swap ? text.replaceAll(...swap) : text));
      const simulated = toComparable(answer.body);
      if (by === "value") expect(simulated).toEqual(captured);
      if (by === "part") expect(captured).toMatchObject(simulated as object);
      if (by === "shape") expect(toShape(simulated)).toEqual(toShape(captured));
    });
  }
});
