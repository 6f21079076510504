import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { replyTo } from "@/simulator/replies";
import { createUser, getSimulator, HEALTHY_TOKEN, requestsTo } from "../support/api";
import { ask, CHAT_PATH, MESSAGES_PATH } from "../support/ask";
import { ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import {
  fixtureOf,
  IMAGE_ORDER,
  LANGUAGES,
  runSample,
  SAMPLES,
  writeSample,
} from "../support/samples";
import { readUiStream } from "../support/ui-stream";

const { text: ANSWER } = replyTo("用python写一下快排");

beforeAll(() => {
  fs.mkdirSync(".data", { recursive: true });
});

describe("what the code view shows", () => {
  for (const name of Object.keys(SAMPLES)) {
    for (const language of LANGUAGES) {
      it(`${name} in ${language} is the fixture`, () => {
        const sample = writeSample(name, language);
        const file = fixtureOf(name, language);
        if (process.env.UPDATE_FIXTURES) fs.writeFileSync(file, sample);
        expect(sample).toBe(fs.readFileSync(file, "utf8"));
        expect(sample).not.toMatch(/ms-[0-9a-f]{8}/);
      });
    }
  }
});

describe("what the code view shows works", () => {
  const bodies: Record<string, unknown> = {};
  for (const name of Object.keys(SAMPLES)) {
    for (const language of ["curl", "javascript"] as const) {
      it(`${name} in ${language}`, async () => {
        const { url, state } = getSimulator();
        const printed = await runSample(name, language, url);
        const [request] = state.requests;
        expect(request?.status).toBe(200);
        if (name === "image") expect(printed).toMatch(/\/img\/[0-9a-f]{32}\.png/);
        else if (language === "javascript" && name !== "vision")
          expect(printed.trim()).toBe(ANSWER);
        else expect(printed.length).toBeGreaterThan(200);
        bodies[name] ??= request?.body;
        expect(request?.body).toEqual(bodies[name]);
      });
    }
  }
});

it("what the code view shows is what we send", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const question = { message: { text: "用python写一下快排" }, model: "Qwen/Qwen3.5-35B-A3B" };
  const openai = {
    systemPrompt: "You are a helpful assistant.",
    thinking: true,
    thinkingBudget: 4096,
    temperature: 0.6,
  };
  const anthropic = { protocol: "anthropic", maxTokens: 1024, systemPrompt: "Be brief." };
  for (const [name, settings, path] of [
    ["stream", openai, CHAT_PATH],
    ["messages-stream", anthropic, MESSAGES_PATH],
  ] as const) {
    await readUiStream(await ask(user, { ...question, settings }));
    await runSample(name, "javascript", getSimulator().url);
    const [ours, shown] = requestsTo(path).map(({ body }) => body);
    expect(shown).toEqual(ours);
  }
});

it("what the code view shows of a picture is what we send", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { model, prompt, parameters } = IMAGE_ORDER;
  const { id } = await ordered(user, { model, prompt, ...parameters });
  await untilEnded(user, id);
  for (const language of ["curl", "javascript"] as const) {
    await runSample("image", language, getSimulator().url);
  }
  const [ours, ...shown] = requestsTo(SUBMIT_PATH);
  expect(shown).toHaveLength(2);
  for (const { body, headers } of shown) {
    expect(body).toEqual(ours?.body);
    expect(headers["x-modelscope-async-mode"]).toBe(ours?.headers["x-modelscope-async-mode"]);
  }
});
