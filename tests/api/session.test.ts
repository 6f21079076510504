import { describe, expect, it } from "vitest";
import { GET as getMe, PATCH as patchMe } from "@/app/api/me/route";
import { getSettings } from "@/lib/server/env";
import { call, createUser, errorOf, rowsOf } from "../support/api";

const hash = (user: { id: string }, change: string) =>
  rowsOf(`update "Session" set ${change} where "userId" = $1`, [user.id]);

describe("a session", () => {
  it("tells who is there", async () => {
    const user = await createUser();
    expect(await (await call(getMe, { user })).json()).toEqual({
      id: user.id,
      name: "Test User",
      email: `${user.id}@example.com`,
      role: "member",
      locale: null,
    });
  });

  const endings: [string, (user: { id: string }) => Promise<unknown>][] = [
    ["expired", (user) => hash(user, `"expiresAt" = now() - interval '1 s'`)],
    ["revoked", (user) => hash(user, `"revokedAt" = now()`)],
    ["unused for a week", (user) => hash(user, `"lastSeenAt" = now() - interval '7 days 1 s'`)],
    [
      "of an earlier epoch",
      (user) => rowsOf(`update "User" set "sessionEpoch" = 1 where id = $1`, [user.id]),
    ],
    [
      "of a disabled user",
      (user) => rowsOf(`update "User" set "disabledAt" = now() where id = $1`, [user.id]),
    ],
    ["of a deleted user", (user) => rowsOf(`delete from "User" where id = $1`, [user.id])],
  ];
  for (const [name, end] of endings) {
    it(`${name} is no session`, async () => {
      const user = await createUser();
      expect((await call(getMe, { user })).status).toBe(200);
      await end(user);
      expect(await errorOf(await call(getMe, { user }))).toMatchObject({
        status: 401,
        code: "unauthenticated",
      });
    });
  }

  it("is nothing but 43 letters that the database knows by their hash", async () => {
    const user = await createUser();
    const secret = user.cookie.split("=")[1] ?? "";
    const [row] = await rowsOf(`select * from "Session" where "userId" = $1`, [user.id]);
    expect(JSON.stringify(row)).not.toContain(secret);
    const cookies = [
      "msp.sid=",
      "msp.sid=%00",
      `msp.sid=${"a".repeat(43)}`,
      `msp.sid=${"a".repeat(8_000)}`,
    ];
    cookies.push(`${user.cookie}; ${user.cookie}`, "msp.sid=' OR 1=1--");
    for (const cookie of cookies) {
      expect((await call(getMe, { user: { id: user.id, cookie } })).status).toBe(401);
    }
  });

  it("is remembered as seen, at most every five minutes", async () => {
    const user = await createUser();
    await hash(user, `"lastSeenAt" = now() - interval '6 minutes'`);
    await call(getMe, { user });
    const [row] = await rowsOf(
      `select "lastSeenAt" > now() - interval '1 minute' as fresh from "Session" where "userId" = $1`,
      [user.id],
    );
    expect(row?.fresh).toBe(true);
  });
});

describe("own preferences", () => {
  it("change the language of error answers", async () => {
    const user = await createUser();
    const ask = () =>
      call(patchMe, { method: "PATCH", user, body: { theme: "blue" } }).then(errorOf);
    expect((await ask()).message).toMatch(/^Something/);
    expect((await call(patchMe, { method: "PATCH", user, body: { locale: "zh-CN" } })).status).toBe(
      204,
    );
    expect((await ask()).message).toMatch(/请求里/);
  });

  it("take no role, id or quota", async () => {
    const user = await createUser();
    for (const key of ["role", "id", "userId", "disabledAt", "email"]) {
      const error = await errorOf(
        await call(patchMe, { method: "PATCH", user, body: { [key]: "administrator" } }),
      );
      expect(Object.keys(error.fields ?? {})).toEqual([key]);
    }
    expect(await rowsOf(`select role from "User" where id = $1`, [user.id])).toEqual([
      { role: "member" },
    ]);
  });
});

it("answers typed while the database is away, and works again after", async () => {
  const user = await createUser();
  const { default: pg } = await import("pg");
  const store = globalThis as unknown as { __mspPool?: InstanceType<typeof pg.Pool> };
  const before = store.__mspPool;
  const url = new URL(getSettings().DATABASE_URL ?? "");
  url.searchParams.set("host", "/nowhere");
  store.__mspPool = new pg.Pool({ connectionString: url.href });
  const error = await errorOf(await call(getMe, { user }));
  expect(error).toMatchObject({ status: 503, code: "database_down" });
  await store.__mspPool.end();
  store.__mspPool = before;
  expect((await call(getMe, { user })).status).toBe(200);
});
