import { describe, expect, it } from "vitest";
import { getSimulator } from "../support/api";
import { askSite, at } from "../support/site";
import { tokenOf } from "../support/tokens";

const ME = "/openapi/v1/users/me";
const BALANCE = "/openapi/v1/magicubes/balance";
const LOGIN = "/api/v1/users/login/info";

describe("who a token belongs to", () => {
  for (const end of ["1", "2", "3", "4", "6", "8", "a", "b"]) {
    it(`${end} is known, whether it may infer or not`, async () => {
      const { status, body } = await askSite(ME, { token: tokenOf(end) });
      expect(status).toBe(200);
      expect(at(body, "data", "username")).toBe(`simulated-${tokenOf(end).slice(-4)}`);
    });
  }

  for (const token of ["ms-unknown", "constructor", undefined]) {
    it(`${token} is not`, async () => {
      for (const path of [ME, BALANCE]) {
        const { status, body } = await askSite(path, { ...(token && { token }) });
        expect(status).toBe(401);
        expect(body).toMatchObject({ success: false, code: "InvalidAuthentication" });
      }
    });
  }
});

describe("tokens that are odd on the site only", () => {
  it("…a: a balance without data", async () => {
    const { status, body } = await askSite(BALANCE, { token: tokenOf("a") });
    expect([status, body]).toEqual([200, { success: true }]);
  });

  it("…b: half a Magicube, four held", async () => {
    const { body } = await askSite(BALANCE, { token: tokenOf("b") });
    expect(at(body, "data")).toEqual({
      total_balance: 4.5,
      available_balance: 0.5,
      frozen_amount: 4,
    });
  });

  it("…c: users/me is limited, the balance is not", async () => {
    expect((await askSite(ME, { token: tokenOf("c") })).status).toBe(429);
    expect((await askSite(BALANCE, { token: tokenOf("c") })).status).toBe(200);
  });

  it("…d: users/me never answers", async () => {
    const call = fetch(getSimulator().url + ME, {
      headers: { authorization: `Bearer ${tokenOf("d")}` },
      signal: AbortSignal.timeout(300),
    });
    await expect(call).rejects.toThrow(/timeout/);
  });

  it("…e: the site breaks the connection", async () => {
    for (const path of [ME, BALANCE])
      await expect(askSite(path, { token: tokenOf("e") })).rejects.toThrow(/fetch failed/);
  });
});

describe("the website's login", () => {
  const token = tokenOf("1");
  const cases: [string, string | undefined, string | undefined, number][] = [
    ["both", token, `a=b; m_session_id=${token}`, 200],
    ["the header alone", token, undefined, 401],
    ["the cookie alone", undefined, `m_session_id=${token}`, 401],
    ["two that differ", token, `m_session_id=${tokenOf("8")}`, 401],
    ["an unknown token", "ms-unknown", "m_session_id=ms-unknown", 401],
  ];
  for (const [name, bearer, cookie, status] of cases) {
    it(`${name}: ${status}`, async () => {
      const answer = await askSite(LOGIN, {
        ...(bearer && { token: bearer }),
        headers: { ...(cookie && { cookie }) },
      });
      expect(answer.status).toBe(status);
      expect(at(answer.body, "Success")).toBe(status === 200);
      expect(at(answer.body, "Data", "Name")).toBe(status === 200 ? "simulated-0001" : undefined);
    });
  }
});

describe("where Magicubes come from and go", () => {
  it("rules say what was earned today", async () => {
    const { body } = await askSite("/openapi/v1/magicubes/earn/rules", { token: tokenOf("1") });
    expect(at(body, "data", 0)).toMatchObject({
      rule_key: "daily_active",
      amount: 200,
      today_remain: 0,
      today_earned_amount: 200,
    });
    expect(at(body, "data", 2)).toMatchObject({ rule_key: "interaction_like", today_remain: 20 });
  });

  it("what was granted, less what was spent, is the balance", async () => {
    const token = tokenOf("1");
    getSimulator().state.balances.set(token, 246.5);
    const { body } = await askSite("/openapi/v1/magicubes/transactions", { token });
    const records = at(body, "data", "records") as { type: string; total_amount: number }[];
    const sum = records.reduce(
      (total, row) => total + row.total_amount * (row.type === "EARN" ? 1 : -1),
      0,
    );
    expect(sum).toBe(246.5);
  });

  for (const [type, count] of [
    ["EARN", 2],
    ["SPEND_CONFIRM", 0],
  ] as const) {
    it(`only ${type}`, async () => {
      const path = `/openapi/v1/magicubes/transactions?type=${type}`;
      const { body } = await askSite(path, { token: tokenOf("1") });
      expect(at(body, "data", "total_count")).toBe(count);
    });
  }

  for (const path of ["earn/rules", "transactions"]) {
    it(`${path} asks for a token`, async () => {
      expect((await askSite(`/openapi/v1/magicubes/${path}`)).status).toBe(401);
    });
  }
});
