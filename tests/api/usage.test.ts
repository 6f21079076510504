import { describe, expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { PUT as putToken } from "@/app/api/token/route";
import { GET as listCalls } from "@/app/api/usage/calls/route";
import { GET as getUsage } from "@/app/api/usage/route";
import { toLedgerDay } from "@/lib/shared/calendar";
import {
  breakPath,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask, CHAT_MODEL } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

const BALANCE = "/openapi/v1/magicubes/balance";

const answerOf = async (user: TestUser, model: string) =>
  (await readUiStream(await ask(user, { model }))).readout;

const usageOf = async (user: TestUser, query = "") =>
  (await call(getUsage, { user, path: `/api/usage${query}` })).json();

describe("usage", () => {
  it("sums calls, attempts and reported tokens by day and model; unknown is not zero", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const [first, second] = [await answerOf(user, CHAT_MODEL), await answerOf(user, CHAT_MODEL)];
    await answerOf(user, "simulator/no-usage");
    await answerOf(user, "simulator/empty-shell");
    const usage = await usageOf(user);
    const today = toLedgerDay(new Date());
    const input = (first.inputTokens ?? 0) + (second.inputTokens ?? 0);
    expect(usage.total).toMatchObject({
      calls: 3,
      attempts: 1,
      images: 0,
      inputTokens: input,
      unreported: 1,
    });
    expect(usage.groups[0]).toMatchObject({ key: CHAT_MODEL, calls: 2, inputTokens: input });
    const silent = usage.groups.find(
      (group: { key: string }) => group.key === "simulator/no-usage",
    );
    expect(silent).toMatchObject({ calls: 1, inputTokens: null, outputTokens: null });
    expect(new Set(usage.buckets.map((row: { at: string }) => row.at))).toEqual(new Set([today]));
    expect(usage.zone).toBe("Asia/Shanghai");
    const byStatus = await usageOf(user, "?by=status");
    expect(byStatus.groups.map((group: { key: string }) => group.key).sort()).toEqual([
      "complete",
      "failed",
    ]);
  });

  it("counts by the Asia/Shanghai date, at both sides of its midnight", async () => {
    const user = await createUser();
    const insert = (id: string, at: string) =>
      rowsOf(
        `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "startedAt")
         values ($1, $2, 'chat', 'a/b', 'openai', $3, 'complete', true, $4)`,
        [id, user.id, toLedgerDay(new Date(at)), at],
      );
    await insert(`${user.id}a`, "2026-03-07T15:59:59.999Z");
    await insert(`${user.id}b`, "2026-03-07T16:00:00.000Z");
    const usage = await usageOf(user, "?from=2026-03-07&to=2026-03-08");
    expect(usage.buckets.map((row: { at: string; calls: number }) => [row.at, row.calls])).toEqual([
      ["2026-03-07", 1],
      ["2026-03-08", 1],
    ]);
    expect((await usageOf(user, "?from=2026-03-08&to=2026-03-08")).total.calls).toBe(1);
  });

  it("lists the ledger's rows, newest first, and only the user's own", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    await answerOf(user, CHAT_MODEL);
    await answerOf(user, "simulator/empty-shell");
    const { calls } = await (await call(listCalls, { user })).json();
    expect(calls.map((row: { status: string }) => row.status)).toEqual(["failed", "complete"]);
    expect(calls[1].firstTokenMs).toBeGreaterThanOrEqual(0);
    expect((await (await call(listCalls, { user: other })).json()).calls).toEqual([]);
    expect((await usageOf(other)).total).toMatchObject({ calls: 0, inputTokens: null });
  });

  it("refuses dates that are none, ranges that run backward and unknown keys", async () => {
    const user = await createUser();
    for (const query of [
      "?from=yesterday",
      "?from=2026-02-02&to=2026-02-01",
      "?userId=usr_1",
      "?by=prompt",
      "?from[gt]=1",
    ]) {
      const error = await errorOf(await call(getUsage, { user, path: `/api/usage${query}` }));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
    }
  });
});

describe("credits", () => {
  const read = async (token?: string) =>
    (await call(getCredits, { user: await createUser(token ? { token } : {}) })).json();

  it("are what ModelScope says, with source and time", async () => {
    const credits = await read(HEALTHY_TOKEN);
    expect(credits).toMatchObject({
      state: "known",
      available: 250,
      held: 0,
      source: "/openapi/v1/magicubes/balance",
    });
    expect(Date.parse(credits.readAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it("are unknown, never zero, when they cannot be read", async () => {
    expect(await read("ms-00000000-0000-4000-8000-000000000007")).toMatchObject({
      state: "unreadable",
      available: null,
      errorCode: "upstream_down",
    });
    expect(await read("ms-00000000-0000-4000-8000-000000000099")).toMatchObject({
      state: "unreadable",
      available: null,
      errorCode: "invalid_token",
    });
    expect(await read()).toMatchObject({ state: "no_token", available: null });
  });

  it("say nothing of what is held where ModelScope does not", async () => {
    getSimulator().state.interceptors.set(BALANCE, ({ response }) => {
      response.end(JSON.stringify({ success: true, data: { available_balance: 0.5 } }));
    });
    expect(await read(HEALTHY_TOKEN)).toMatchObject({ state: "known", available: 0.5, held: null });
  });

  it("are unknown where their answer does not end", async () => {
    getSimulator().state.interceptors.set(BALANCE, ({ response }) => {
      response.write(JSON.stringify({ success: true, data: { available_balance: 1 } }));
    });
    expect(await read(HEALTHY_TOKEN)).toMatchObject({ state: "unreadable", errorCode: "timeout" });
  });

  it("are read again at once after a reading that failed, and with a new token", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const availableTo = async () => (await (await call(getCredits, { user })).json()).available;
    breakPath(BALANCE);
    expect(await availableTo()).toBeNull();
    getSimulator().state.interceptors.clear();
    expect(await availableTo()).toBe(250);
    const token = "ms-00000000-0000-4000-8000-00000000000b";
    await call(putToken, { method: "PUT", user, body: { token } });
    expect(await availableTo()).toBe(0.5);
  });

  it("are read at most once in 20 s for a user", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (let reads = 0; reads < 5; reads += 1) await call(getCredits, { user });
    expect(requestsTo(BALANCE)).toHaveLength(1);
  });
});
