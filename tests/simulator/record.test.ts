import { describe, expect, it } from "vitest";
import { sendJson } from "@/simulator/http";
import { chat, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();
const control = (path: string, method = "GET", body?: object) =>
  fetch(`${simulator.url}/__simulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });

describe("the record of requests", () => {
  it("has every call with its status", async () => {
    await (await chat(simulator, {})).text();
    await (await chat(simulator, { model: "simulator/status-503" })).text();
    expect(simulator.state.requests).toMatchObject([
      { method: "POST", path: "/v1/chat/completions", status: 200, isClosedEarly: false },
      { body: { model: "simulator/status-503" }, status: 503 },
    ]);
  });

  it("tells who hung up, and has no status where none was sent", async () => {
    const signal = AbortSignal.timeout(100);
    await chat(simulator, { model: "simulator/stall-headers" }, { signal }).catch(() => undefined);
    await expect.poll(() => simulator.state.requests[0]?.isClosedEarly).toBe(true);
    expect(simulator.state.requests[0]?.status).toBeNull();
  });

  it("is told over HTTP without secrets, does not contain itself, and can be cleared", async () => {
    await (
      await chat(simulator, {}, { headers: { "x-api-key": TOKEN, cookie: "a=secret" } })
    ).text();
    const text = await (await control("requests")).text();
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain("secret");
    const { requests } = JSON.parse(text);
    expect(requests).toMatchObject([
      { path: "/v1/chat/completions", status: 200, headers: { authorization: "…0001" } },
    ]);
    await control("requests", "DELETE");
    expect(simulator.state.requests).toEqual([]);
  });
});

describe("steering from outside", () => {
  it("sets options, all or none of them", async () => {
    const { options } = simulator.state;
    expect((await control("options", "PUT", { era: "daily", concurrency: 2 })).status).toBe(200);
    expect(options).toMatchObject({ era: "daily", concurrency: 2 });
    for (const wrong of [{ era: "x" }, { concurrency: "1" }, { nothing: 1 }, { toString: 1 }]) {
      const response = await control("options", "PUT", { concurrency: 5, ...wrong });
      expect(response.status).toBe(400);
    }
    expect(options.concurrency).toBe(2);
    await control("options", "PUT", { concurrency: null });
    expect(options.concurrency).toBe(Number.POSITIVE_INFINITY);
    expect(await (await control("options")).json()).toMatchObject({ era: "daily" });
  });

  it("moves the clock", async () => {
    const before = simulator.state.clock.nowMs();
    const { nowMs } = await (await control("clock", "POST", { advanceMs: 60_000 })).json();
    expect(nowMs - before).toBeGreaterThanOrEqual(60_000);
    expect((await control("clock", "POST", { advanceMs: "1" })).status).toBe(400);
    expect((await control("anything")).status).toBe(404);
  });
});

describe("an interceptor", () => {
  it("answers in place of the endpoint, after the request was recorded", async () => {
    const { interceptors, requests } = simulator.state;
    interceptors.set("/v1/chat/completions", ({ response }) =>
      sendJson(response, 418, { seen: requests.length }),
    );
    const response = await chat(simulator, {});
    expect(response.status).toBe(418);
    expect(await response.json()).toEqual({ seen: 1 });
    interceptors.clear();
    expect((await chat(simulator, {})).status).toBe(200);
  });
});
