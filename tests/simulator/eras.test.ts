import { describe, expect, it } from "vitest";
import { readOptions } from "@/simulator/options";
import { balanceOf } from "@/simulator/state";
import { tokenOf } from "../support/tokens";
import { chat, post, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();
const { state } = simulator;
const HOUR_MS = 3_600_000;
const messages = [{ role: "user", content: "Hello" }];
const CODER = "Qwen/Qwen3-Coder-30B-A3B-Instruct";

/** Numbers of the four headers: total limit and rest, model limit and rest. */
const countsOf = ({ headers }: Response) =>
  ["", "model-"].flatMap((kind) =>
    ["limit", "remaining"].map((end) => {
      const value = headers.get(`modelscope-ratelimit-${kind}requests-${end}`);
      return value === null ? null : Number(value);
    }),
  );
const NONE = [null, null, null, null];

const errorOf = async (response: Response) => {
  const body = await response.json();
  return { status: response.status, text: (body.error ?? body.errors).message };
};

const toMessages = () =>
  post(`${simulator.url}/v1/messages`, { model: CODER, max_tokens: 9, messages });
const submit = () =>
  post(
    `${simulator.url}/v1/images/generations`,
    { model: "Qwen/Qwen-Image", prompt: "A cat" },
    { headers: { "x-modelscope-async-mode": "true" } },
  );

describe("today's era", () => {
  it("takes the price of each answered call off the balance and sends no rate header", async () => {
    const prices = [
      [() => chat(simulator, {}), 1],
      [() => chat(simulator, { model: "Qwen/Qwen3-8B", stream: true }), 0.5],
      [() => chat(simulator, { model: "Qwen/Qwen3-1.7B:DashScope", stream: true }), 0],
      [toMessages, 1],
      [submit, 2],
    ] as const;
    for (const [call, price] of prices) {
      const before = balanceOf(state, TOKEN);
      const response = await call();
      await response.text();
      expect([response.status, before - balanceOf(state, TOKEN)]).toEqual([200, price]);
      expect(countsOf(response)).toEqual(NONE);
    }
  });

  it("charges nothing for what it refuses or does not answer", async () => {
    for (const change of [
      { model: "a/b" },
      { messages: undefined },
      { tool_choice: "required" },
      { model: "Qwen/Qwen3-8B" },
    ]) {
      await (await chat(simulator, change)).text();
    }
    expect(balanceOf(state, TOKEN)).toBe(250);
  });

  it("refuses when the balance does not suffice", async () => {
    state.balances.set(TOKEN, 1.5);
    const flagship = { model: "ZhipuAI/GLM-5.2", stream: true };
    const refusal = { status: 429, text: "insufficient balance" };
    expect(await errorOf(await chat(simulator, flagship))).toEqual(refusal);
    expect((await chat(simulator, {})).status).toBe(200);
    expect(balanceOf(state, TOKEN)).toBe(0.5);
  });

  it("lets granted Magicubes live for 24 hours", async () => {
    await (await chat(simulator, {})).text();
    state.clock.advance(23 * HOUR_MS);
    expect(balanceOf(state, TOKEN)).toBe(249);
    state.clock.advance(HOUR_MS);
    expect(balanceOf(state, TOKEN)).toBe(250);
    state.options.visitsSite = false;
    state.clock.advance(24 * HOUR_MS);
    expect(balanceOf(state, TOKEN)).toBe(0);
    expect((await chat(simulator, {})).status).toBe(429);
  });
});

describe("the era of daily counts", () => {
  it("counts down in four headers on every kind of call, and takes no Magicubes", async () => {
    state.options.era = "daily";
    expect(countsOf(await chat(simulator, {}))).toEqual([2000, 1999, 500, 499]);
    expect(countsOf(await toMessages())).toEqual([2000, 1998, 500, 498]);
    expect(countsOf(await submit())).toEqual([2000, 1997, 500, 499]);
    expect(balanceOf(state, TOKEN)).toBe(250);
  });

  it("locks a used-up model, then the account, until midnight in China", async () => {
    state.options.era = "daily";
    const ids = [CODER, "simulator/crlf", "simulator/cr", "simulator/bom"];
    for (const model of ids) {
      for (let round = 0; round < 10; round += 1) {
        const calls = Array.from({ length: 50 }, () => chat(simulator, { model }));
        await Promise.all(calls.map(async (call) => (await call).text()));
      }
    }
    const locked = await chat(simulator, {});
    expect(countsOf(locked)).toEqual([2000, 0, 500, 0]);
    expect(await errorOf(locked)).toEqual({
      status: 429,
      text: `You have exceeded today's quota for model ${CODER}, please try again tomorrow, or consider using other models`,
    });
    const other = await errorOf(await chat(simulator, { model: "simulator/comments" }));
    expect(other).toEqual({ status: 429, text: "Request limit exceeded." });
    const intoDayMs = (state.clock.nowMs() + 8 * HOUR_MS) % (24 * HOUR_MS);
    state.clock.advance(24 * HOUR_MS - intoDayMs - 60_000);
    expect((await chat(simulator, {})).status).toBe(429);
    state.clock.advance(120_000);
    expect(countsOf(await chat(simulator, {}))).toEqual([2000, 1999, 500, 499]);
  });

  it("is where one token lives always, with 20 calls left of each model", async () => {
    const token = tokenOf("0005");
    const first = await chat(simulator, {}, { token });
    expect(countsOf(first)).toEqual([2000, 499, 500, 19]);
    for (let left = 19; left > 0; left -= 1) await (await chat(simulator, {}, { token })).text();
    const locked = await errorOf(await chat(simulator, {}, { token }));
    expect(locked.text).toContain("today's quota");
    expect((await chat(simulator, { model: "simulator/crlf" }, { token })).status).toBe(200);
  });
});

describe("tokens", () => {
  it("…0009 is refused twice, …0006 always", async () => {
    const statusOf = async (end: string) =>
      (await chat(simulator, {}, { token: tokenOf(end) })).status;
    const seen = { "0009": [429, 429, 200, 200], "0006": [429, 429, 429, 429] };
    for (const [end, expected] of Object.entries(seen)) {
      const statuses: number[] = [];
      for (const _ of expected) statuses.push(await statusOf(end));
      expect(statuses).toEqual(expected);
    }
  });

  it("…0007 has an HTML page, and one that is no token is told so", async () => {
    const down = await chat(simulator, {}, { token: tokenOf("0007") });
    expect([down.status, down.headers.get("content-type")]).toEqual([502, "text/html"]);
    for (const token of ["constructor", "ms-unknown"]) {
      expect((await chat(simulator, {}, { token })).status).toBe(401);
    }
  });
});

describe("one call at a time", () => {
  it("refuses the second of a token while the first is open, and not a picture's making", async () => {
    state.options.concurrency = 1;
    const hangUp = new AbortController();
    const { signal } = hangUp;
    const open = { model: "simulator/endless", stream: true };
    const running = await chat(simulator, open, { signal });
    expect(await errorOf(await chat(simulator, {}))).toMatchObject({ status: 429 });
    expect((await submit()).status).toBe(429);
    const other = await chat(simulator, {}, { token: tokenOf("0008") });
    expect(other.status).toBe(200);
    hangUp.abort();
    await running.text().catch(() => undefined);
    await expect.poll(async () => (await submit()).status).toBe(200);
    const ids = ["Qwen/Qwen3-30B-A3B-Instruct-2507", "simulator/gzip", "simulator/one-packet"];
    for (let round = 0; round < 30; round += 1) {
      // The place is free again by the time that the end of an answer has been read.
      const change = { model: ids[round % ids.length], stream: round % 2 === 0 };
      const after = await chat(simulator, change);
      await after.text();
      expect([round, after.status]).toEqual([round, 200]);
    }
  });
});

describe("what was captured in two forms", () => {
  it("has its request id inside the error or beside it", async () => {
    const inside = await (await chat(simulator, { model: "a/b" })).json();
    expect(inside).toEqual({
      error: {
        message: "Model id : a/b , has no provider supported",
        request_id: inside.error.request_id,
      },
    });
    state.options.requestIdPlace = "top";
    const beside = await (await chat(simulator, { model: "a/b" })).json();
    expect(beside).toEqual({
      error: { message: "Model id : a/b , has no provider supported" },
      request_id: expect.any(String),
    });
  });

  it("has its time in milliseconds or seconds", async () => {
    const createdOf = async () => (await (await chat(simulator, {})).json()).created;
    expect(await createdOf()).toBeGreaterThan(1e12);
    state.options.createdUnit = "s";
    expect(await createdOf()).toBeLessThan(1e11);
  });
});

describe("options from the environment", () => {
  it("are read by their names", () => {
    const env = {
      SIMULATOR_ERA: "daily",
      SIMULATOR_CONCURRENCY: "1",
      SIMULATOR_SYNC_IMAGES: "true",
    };
    expect(readOptions(env)).toEqual({ era: "daily", concurrency: 1, syncImages: true });
    expect(readOptions({ HOME: "/", SIMULATOR_PORT: "1" })).toEqual({});
  });

  it("must be readable", () => {
    for (const env of [{ SIMULATOR_ERA: "old" }, { SIMULATOR_CONCURRENCY: "many" }]) {
      expect(() => readOptions(env)).toThrow(/unreadable/);
    }
  });
});
