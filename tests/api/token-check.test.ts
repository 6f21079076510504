import { describe, expect, it } from "vitest";
import { POST as checkToken } from "@/app/api/token/check/route";
import { GET as getToken, DELETE as removeToken } from "@/app/api/token/route";
import type { TokenReport } from "@/lib/shared/schemas/token-check";
import {
  answerPage,
  answerWith,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  setTokenState,
  type TestUser,
} from "../support/api";
import { CHAT_PATH } from "../support/ask";
import { tokenOf } from "../support/tokens";

async function check(user: TestUser, body?: object): Promise<TokenReport> {
  const response = await call(checkToken, { method: "POST", user, ...(body && { body }) });
  expect(response.status).toBe(200);
  return response.json();
}

/** The lights as one word each, with the reason where one is not green. */
const read = ({ lights }: TokenReport) =>
  lights.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state));

/** Users whose stored token was accepted before it went bad. */
async function createOwner(end: string): Promise<TestUser> {
  const user = await createUser({ token: tokenOf(end) });
  await rowsOf(`update "ModelScopeToken" set "accountName" = 'someone' where "userId" = $1`, [
    user.id,
  ]);
  return user;
}

const rest = "not_tested";

describe("the token doctor, light by light", () => {
  const cases: [string, string, string[]][] = [
    ["healthy", "0001", ["ok", "ok", "ok", rest]],
    ["wrong", "0099", ["failed: wrong", rest, rest, rest]],
    ["unbound", "0002", ["ok", "failed: unbound", rest, rest]],
    ["unverified", "0003", ["ok", "failed: unverified", rest, rest]],
    ["empty", "0004", ["ok", "ok", "failed: empty", rest]],
    ["rate-limited", "0006", ["ok", "unknown: rate_limited", "ok", rest]],
    [
      "service down",
      "0007",
      ["unknown: service_down", "unknown: service_down", "unknown: service_down", rest],
    ],
    ["a balance without data", "000a", ["ok", "ok", "unknown: balance_unknown", rest]],
    ["half a Magicube left", "000b", ["ok", "ok", "ok", rest]],
    ["the site limits", "000c", ["unknown: rate_limited", "ok", "ok", rest]],
    [
      "the site cannot be reached",
      "000e",
      ["unknown: unreachable", "ok", "unknown: unreachable", rest],
    ],
  ];
  for (const [about, end, lights] of cases) {
    it(`${about}: ${lights.join(" · ")}`, async () => {
      const user = await createUser({ token: tokenOf(end) });
      expect(read(await check(user, {}))).toEqual(lights);
    });
  }

  it("a token that worked and is refused now was deleted", async () => {
    const user = await createOwner("0099");
    expect(read(await check(user, {}))[0]).toBe("failed: deleted");
    expect(await (await call(getToken, { user })).json()).toMatchObject({ state: "invalid" });
  });

  it("no token, and one whose key is gone", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await rowsOf(`update "ModelScopeToken" set sealed = sealed || 'x' where "userId" = $1`, [
      user.id,
    ]);
    expect(read(await check(user))[0]).toBe("failed: needs_reentry");
    await call(removeToken, { method: "DELETE", user });
    expect(read(await check(user))).toEqual(["failed: none", rest, rest, rest]);
  });

  it("a silent site is given up after seconds", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    getSimulator().state.interceptors.set("/openapi/v1/users/me", () => undefined);
    const report = await check(user, {});
    expect(read(report)[0]).toBe("unknown: unreachable");
    expect(report.lights[0]?.ms).toBeGreaterThan(4_000);
    expect(report.lights[0]?.ms).toBeLessThan(8_000);
  });

  it("says the account, the balance, and ModelScope's words", async () => {
    const report = await check(await createUser({ token: tokenOf("000b") }), {});
    expect(report).toMatchObject({
      accountName: "simulated-000b",
      available: 0.5,
      held: 4,
      site: "cn",
    });
    const unbound = await check(await createUser({ token: tokenOf("0002") }), {});
    expect(unbound.lights[1]?.text).toContain("bind your Alibaba Cloud account");
  });
});

describe("the fourth light", () => {
  it("costs nothing and writes nothing unless it is asked for", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const report = await check(user);
    expect(report.offer.model).toMatch(/\//);
    expect(requestsTo(CHAT_PATH).map(({ body }) => "messages" in Object(body))).toEqual([false]);
    expect(getSimulator().state.balances.size).toBe(0);
    expect(await rowsOf(`select id from "UsageEntry" where "userId" = $1`, [user.id])).toEqual([]);
  });

  it("makes one short call, books it, and is green", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const report = await check(user, { answer: true, model: "Qwen/Qwen3.5-27B" });
    expect(read(report)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(report.offer.model).toBe("Qwen/Qwen3.5-27B");
    const sent = requestsTo(CHAT_PATH).at(-1)?.body;
    expect(sent).toMatchObject({
      max_tokens: 16,
      enable_thinking: false,
      model: "Qwen/Qwen3.5-27B",
    });
    const [entry] = await rowsOf(`select * from "UsageEntry" where "userId" = $1`, [user.id]);
    expect(entry).toMatchObject({
      status: "complete",
      isCall: true,
      tokenSource: "reported",
      kind: "chat",
    });
  });

  it("who gets an answer is known, though the site could not say so", async () => {
    const user = await createUser({ token: tokenOf("000c") });
    await setTokenState(user, "invalid");
    expect(read(await check(user, { answer: true }))).toEqual(["ok", "ok", "ok", "ok"]);
    expect(await (await call(getToken, { user })).json()).toMatchObject({ state: "valid" });
  });

  const bad: [string, string][] = [
    ["simulator/empty-shell", "failed: no_answer"],
    ["simulator/status-403", "failed: model_unavailable"],
    ["someone/unknown-model", "failed: model_unavailable"],
    ["simulator/busy", "unknown: service_down"],
    ["simulator/quota-day", "failed: empty"],
  ];
  for (const [model, light] of bad) {
    it(`${model}: ${light}, booked as an attempt`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      expect(read(await check(user, { answer: true, model }))[3]).toBe(light);
      const entries = await rowsOf(
        `select "isCall", status, "endedAt" from "UsageEntry" where "userId" = $1`,
        [user.id],
      );
      const asked = requestsTo(CHAT_PATH).filter(({ body }) => "messages" in Object(body));
      expect(entries).toHaveLength(asked.length);
      for (const entry of entries) {
        expect(entry).toMatchObject({ isCall: false, status: "failed", endedAt: expect.any(Date) });
      }
    });
  }
});

describe("what is booked and believed", () => {
  it("a call that breaks off in its answer counts, with its tokens", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const frame = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
    getSimulator().state.interceptors.set(CHAT_PATH, ({ body, response }) => {
      if (!("messages" in Object(body))) return void response.end("{}");
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(
        frame({
          choices: [{ delta: { content: "OK" } }],
          usage: { prompt_tokens: 3, completion_tokens: 4 },
        }),
      );
      setTimeout(() => response.socket?.resetAndDestroy(), 50);
    });
    expect(read(await check(user, { answer: true, model: "Qwen/Qwen3.5-27B" }))[3]).toBe(
      "unknown: service_down",
    );
    const [entry] = await rowsOf(`select * from "UsageEntry" where "userId" = $1`, [user.id]);
    expect(entry).toMatchObject({
      status: "interrupted",
      isCall: true,
      inputTokens: 3,
      outputTokens: 4,
      tokenSource: "reported",
    });
  });

  it("a page of some proxy makes no light green and no token valid", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await setTokenState(user, "unchecked");
    for (const path of ["/openapi/v1/users/me", CHAT_PATH]) answerPage(path);
    expect(read(await check(user, {})).slice(0, 2)).toEqual([
      "unknown: service_down",
      "unknown: service_down",
    ]);
    expect(await (await call(getToken, { user })).json()).toMatchObject({ state: "unchecked" });
  });

  it("an error in a 200, and an unknown 403, are not green either", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const answer = (status: number, body: object) => answerWith(CHAT_PATH, status, body);
    answer(200, {
      errors: {
        message:
          "Authentication failed, please make sure that a valid ModelScope token is supplied.",
      },
    });
    expect(read(await check(user, {}))[1]).toMatch(/^failed/);
    answer(403, { error: { message: "forbidden" } });
    expect(read(await check(user, {}))[1]).toMatch(/^failed/);
    answer(400, { error: { message: "Model id : a/b , has no provider supported" } });
    expect(read(await check(user, {}))[1]).toBe("ok");
  });

  it("null fields of an envelope are no error", async () => {
    getSimulator().state.interceptors.set("/openapi/v1/users/me", ({ response }) => {
      response.end(
        JSON.stringify({ success: true, code: null, error: null, data: { username: "someone" } }),
      );
    });
    const user = await createUser({ token: HEALTHY_TOKEN });
    expect(await check(user, {})).toMatchObject({ accountName: "someone" });
  });

  it("two at once: the second is refused, so that it cannot pay twice", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const post = () =>
      call(checkToken, { method: "POST", user, body: { answer: true, model: "Qwen/Qwen3.5-27B" } });
    const statuses = (await Promise.all([post(), post()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 429]);
    expect(await rowsOf(`select id from "UsageEntry" where "userId" = $1`, [user.id])).toHaveLength(
      1,
    );
  });
});

it("is looked at five times a minute at most", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  for (let at = 0; at < 5; at += 1) await check(user, {});
  const refused = await call(checkToken, { method: "POST", user, body: {} });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await errorOf(refused)).toMatchObject({ status: 429, code: "too_many_requests" });
  await check(await createUser(), {});
});

it("takes no other fields", async () => {
  const user = await createUser();
  for (const body of [{ token: HEALTHY_TOKEN }, { answer: "yes" }, { model: "nobody" }]) {
    expect((await errorOf(await call(checkToken, { method: "POST", user, body }))).status).toBe(
      400,
    );
  }
});
