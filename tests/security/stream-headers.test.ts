import { afterEach, describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { createUser, getSimulator, HEALTHY_TOKEN } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { frame } from "../support/frame";
import { followRun, runIdOf } from "../support/runs";

const before = { ...getSettings() };
afterEach(() => {
  Object.assign(getSettings(), before);
});

describe("STR-20 behind a proxy", () => {
  it("nothing may be buffered, packed or kept, on both streams", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const asked = await ask(user);
    for (const response of [asked, await followRun(user, runIdOf(asked))]) {
      expect(response.headers.get("cache-control")).toMatch(/no-transform/);
      expect(response.headers.get("cache-control")).toMatch(/no-store/);
      expect(response.headers.get("x-accel-buffering")).toBe("no");
      expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
      await response.text();
    }
  });

  it("a silent upstream is no silent stream: first event at once, keep-alives in fifteen seconds at most", async () => {
    expect(before.RUN_KEEPALIVE_MS).toBeLessThanOrEqual(15_000);
    Object.assign(getSettings(), { RUN_KEEPALIVE_MS: 100 });
    getSimulator().state.interceptors.set(CHAT_PATH, async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      await new Promise((resolve) => setTimeout(resolve, 700));
      response.write(frame({ content: "late" }));
      response.end(frame({}, "stop"));
    });
    const startedMs = performance.now();
    const response = await ask(await createUser({ token: HEALTHY_TOKEN }));
    const arrivals: [number, string][] = [];
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      arrivals.push([performance.now() - startedMs, decoder.decode(chunk)]);
    }
    expect(arrivals[0]?.[1]).toContain('"type":"start"');
    const word = arrivals.find(([, text]) => text.includes("late"))?.[0] ?? Number.NaN;
    const beats = arrivals.filter(([at, text]) => at < word && text.includes(": keep-alive"));
    expect(beats.length).toBeGreaterThanOrEqual(3);
    expect((arrivals[0]?.[0] ?? Number.NaN) < word - 300).toBe(true);
  });
});
