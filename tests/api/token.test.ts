import { describe, expect, it } from "vitest";
import { GET as getToken, PUT as putToken, DELETE as removeToken } from "@/app/api/token/route";
import { getSettings } from "@/lib/server/env";
import { openToken } from "@/lib/server/services/token";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";

const put = (user: TestUser, token: unknown, more: object = {}) =>
  call(putToken, { method: "PUT", user, body: { token, ...more } });

describe("storing a token", () => {
  it("checks it, keeps it sealed and never gives it back", async () => {
    const user = await createUser();
    const answer = await put(user, HEALTHY_TOKEN);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      state: "valid",
      last4: "0001",
      site: "cn",
      accountName: "simulated-0001",
    });
    expect(text).not.toContain(HEALTHY_TOKEN);
    const status = await (await call(getToken, { user })).text();
    const [row] = await rowsOf(`select * from "ModelScopeToken" where "userId" = $1`, [user.id]);
    const stored = JSON.stringify(row);
    for (const place of [status, stored]) {
      expect(place).not.toContain(HEALTHY_TOKEN);
      expect(place).not.toContain(HEALTHY_TOKEN.slice(0, 20));
      expect(place).not.toContain(Buffer.from(HEALTHY_TOKEN).toString("base64url"));
    }
    expect(row?.sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    expect((await openToken(user.id)).token.reveal()).toBe(HEALTHY_TOKEN);
  });

  const forms = [
    ["ms- and a UUID", HEALTHY_TOKEN],
    ["blanks around it", `  ${HEALTHY_TOKEN}\n`],
    ["quotes around it", `"${HEALTHY_TOKEN}"`],
    ["the header it goes into", `Bearer ${HEALTHY_TOKEN}`],
    ["a bare UUID", "00000000-0000-4000-8000-000000000001"],
    ["an OAuth token of 475 characters", `ms_oauth${"a".repeat(467)}`],
  ] as const;
  for (const [name, token] of forms) {
    it(`takes ${name}`, async () => {
      const user = await createUser();
      expect((await put(user, token)).status).toBe(200);
      expect((await openToken(user.id)).token.reveal()).toBe(token.match(/[\w-]{36,}/)?.[0]);
    });
  }

  const refusals = [
    ["nothing", "", "Paste a token first"],
    ["blanks", "   ", "Paste a token first"],
    ["a line break inside", "ms-0000\r\nX-Evil: 1", "line break"],
    ["a no-break space inside", "ms-00000000\u00a00000", "non-ASCII"],
    ["100 KB", "m".repeat(100_000), "Too long"],
    ["another provider's key", "sk-0123456789abcdef", "another provider"],
    ["a header", "Bearer", "another provider"],
    ["half a token", "ms-00000000-0000", "Not a ModelScope token"],
  ] as const;
  for (const [name, token, text] of refusals) {
    it(`refuses ${name} with its own text and asks nobody`, async () => {
      const user = await createUser();
      const error = await errorOf(await put(user, token));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(error.fields?.token).toContain(text);
      expect(requestsTo("/openapi/v1/users/me")).toEqual([]);
    });
  }

  it("refuses other types, other sites and other keys", async () => {
    const user = await createUser();
    expect((await put(user, 5)).status).toBe(400);
    expect((await put(user, { not: "" })).status).toBe(400);
    expect((await put(user, HEALTHY_TOKEN, { site: "com" })).status).toBe(400);
    const foreign = await errorOf(
      await put(user, HEALTHY_TOKEN, { baseURL: "http://evil.example" }),
    );
    expect(Object.keys(foreign.fields ?? {})).toEqual(["baseURL"]);
  });

  it("tells a token that ModelScope does not know from one that could not be checked", async () => {
    const user = await createUser();
    expect(await (await put(user, "ms-00000000-0000-4000-8000-000000000099")).json()).toMatchObject(
      { state: "invalid" },
    );
    expect(await (await put(user, "ms-00000000-0000-4000-8000-000000000007")).json()).toMatchObject(
      { state: "unchecked" },
    );
  });

  it("keeps one that works when ModelScope refuses the new one", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const refused = "ms-00000000-0000-4000-8000-000000000099";
    const error = await errorOf(await put(user, refused));
    expect(error).toMatchObject({ status: 409, code: "invalid_token" });
    expect(error.fields?.token).toContain("is kept");
    expect((await openToken(user.id)).token.reveal()).toBe(HEALTHY_TOKEN);
    expect(await (await call(getToken, { user })).json()).toMatchObject({
      state: "valid",
      last4: "0001",
    });
  });

  it("is replaced as a whole and removed for good", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await put(user, "ms-00000000-0000-4000-8000-000000000008");
    expect(
      await rowsOf(`select last4 from "ModelScopeToken" where "userId" = $1`, [user.id]),
    ).toEqual([{ last4: "0008" }]);
    expect((await call(removeToken, { method: "DELETE", user })).status).toBe(204);
    expect(await (await call(getToken, { user })).json()).toMatchObject({
      state: "none",
      last4: null,
    });
    await expect(openToken(user.id)).rejects.toMatchObject({ code: "token_missing" });
  });
});

describe("a sealed token", () => {
  it("does not open for another user, row or purpose", async () => {
    const [a, b] = [
      await createUser({ token: HEALTHY_TOKEN }),
      await createUser({ token: "ms-00000000-0000-4000-8000-000000000008" }),
    ];
    await rowsOf(
      `update "ModelScopeToken" b set sealed = a.sealed from "ModelScopeToken" a where a."userId" = $1 and b."userId" = $2`,
      [a.id, b.id],
    );
    await expect(openToken(b.id)).rejects.toMatchObject({ code: "token_needs_reentry" });
    expect(await (await call(getToken, { user: b })).json()).toMatchObject({
      state: "needs_reentry",
    });
    expect((await openToken(a.id)).token.reveal()).toBe(HEALTHY_TOKEN);
  });

  it("asks to be entered again while its key is gone, and heals with the key", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const ring = globalThis as unknown as { __mspKeyRing?: unknown };
    const settings = getSettings();
    const before = { ring: ring.__mspKeyRing, keys: settings.TOKEN_KEYS };
    const other = `k2:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;
    settings.TOKEN_KEYS = other;
    delete ring.__mspKeyRing;
    expect(await (await call(getToken, { user })).json()).toMatchObject({
      state: "needs_reentry",
      last4: "0001",
      keyId: null,
    });
    settings.TOKEN_KEYS = `${other},${before.keys}`;
    delete ring.__mspKeyRing;
    expect(await (await call(getToken, { user })).json()).toMatchObject({
      state: "valid",
      keyId: "k1",
    });
    settings.TOKEN_KEYS = before.keys;
    ring.__mspKeyRing = before.ring;
  });

  it("prints as [secret] wherever it is written down", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { token } = await openToken(user.id);
    const { inspect } = await import("node:util");
    for (const text of [
      String(token),
      `${token}`,
      JSON.stringify({ token }),
      inspect({ token }, { depth: 9 }),
    ]) {
      expect(text).toContain("[secret]");
      expect(text).not.toContain(HEALTHY_TOKEN);
    }
  });
});
