import { describe, expect, it } from "vitest";
import { POST as checkToken } from "@/app/api/token/check/route";
import { GET as getToken, DELETE as removeToken } from "@/app/api/token/route";
import type { TokenReport } from "@/lib/shared/schemas/token-check";
import {
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { CHAT_PATH } from "../support/ask";

const token = (end: string) => `ms-00000000-0000-4000-8000-00000000${end}`;

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
  const user = await createUser({ token: token(end) });
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
      ["unknown: unreachable", "unknown: unreachable", "unknown: unreachable", rest],
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
      const user = await createUser({ token: token(end) });
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
    const report = await check(await createUser({ token: token("000b") }), {});
    expect(report).toMatchObject({
      accountName: "simulated-000b",
      available: 0.5,
      held: 4,
      site: "cn",
    });
    const unbound = await check(await createUser({ token: token("0002") }), {});
    expect(unbound.lights[1]?.text).toContain("bind your Alibaba Cloud account");
  });
});

describe("the fourth light", () => {
  it("costs nothing and writes nothing unless it is asked for", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const report = await check(user);
    expect(report.offer.price).not.toBeUndefined();
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

  const bad: [string, string][] = [
    ["simulator/empty-shell", "failed: no_answer"],
    ["simulator/status-403", "failed: model_unavailable"],
    ["someone/unknown-model", "failed: model_unavailable"],
    ["simulator/busy", "unknown: unreachable"],
    ["simulator/quota-day", "failed: empty"],
  ];
  for (const [model, light] of bad) {
    it(`${model}: ${light}, booked as an attempt`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      expect(read(await check(user, { answer: true, model }))[3]).toBe(light);
      const entries = await rowsOf(
        `select "isCall", status from "UsageEntry" where "userId" = $1`,
        [user.id],
      );
      expect(entries.filter(({ isCall, status }) => isCall || status !== "failed")).toEqual([]);
    });
  }
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
