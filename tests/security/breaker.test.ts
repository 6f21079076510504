import { describe, expect, it } from "vitest";
import { createUser, errorOf, getSimulator, HEALTHY_TOKEN, requestsTo } from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

describe("STR-23 a model that fails again and again", () => {
  const fail = (status: number, text: string) => {
    getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ errors: { message: text } }));
    });
  };
  const askTimes = async (times: number, model: string) => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const codes: (string | null)[] = [];
    for (let index = 0; index < times; index += 1) {
      codes.push((await readUiStream(await ask(user, { model }))).readout.errorCode);
    }
    return { user, codes };
  };

  it("is closed after ten failures, itself alone, and one probe opens it", async () => {
    fail(502, "bad gateway");
    const model = "Qwen/Qwen3-8B";
    const { user, codes } = await askTimes(10, model);
    expect(codes).toEqual(Array(10).fill("upstream_down"));
    const calls = requestsTo(CHAT_PATH).length;
    const refused = await ask(user, { model });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(20);
    expect(await errorOf(refused)).toMatchObject({ status: 503, code: "model_failing" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
    getSimulator().state.interceptors.clear();
    expect((await readUiStream(await ask(user))).readout.status).toBe("complete");
    // The pause is over.
    const healths = (
      globalThis as unknown as { __mspBreaker: Map<string, { closedUntilMs: number }> }
    ).__mspBreaker;
    const health = healths.get(`cn ${model}`);
    if (health) health.closedUntilMs = performance.now() - 1;
    const [probe, second] = await Promise.all([ask(user, { model }), ask(user, { model })]);
    expect([probe.status, second.status].sort()).toEqual([200, 503]);
    const answered = probe.status === 200 ? probe : second;
    expect((await readUiStream(answered)).readout.status).toBe("complete");
    expect((await readUiStream(await ask(user, { model }))).readout.status).toBe("complete");
  });

  it("is not closed by refusals of a token", async () => {
    fail(401, "Authentication failed, please make sure that a valid ModelScope token is supplied.");
    const { user } = await askTimes(10, "Qwen/Qwen3.5-27B");
    getSimulator().state.interceptors.clear();
    const { readout } = await readUiStream(await ask(user, { model: "Qwen/Qwen3.5-27B" }));
    expect(readout.status).toBe("complete");
  });
});
