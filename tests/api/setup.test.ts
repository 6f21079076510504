import { expect, it } from "vitest";
import { POST as setup } from "@/app/api/setup/route";
import { call, errorOf, rowsOf } from "../support/api";

const VALID = {
  code: "test-setup-code",
  name: "First Administrator",
  email: "First@Example.com",
  password: "correct horse battery",
};
const send = (change: object = {}) =>
  call(setup, { method: "POST", body: { ...VALID, ...change } });
const forgetTries = () => rowsOf(`delete from "RateWindow"`);

it("refuses wrong bodies field by field", async () => {
  const cases: [object, string][] = [
    [{ code: "" }, "code"],
    [{ name: "  " }, "name"],
    [{ email: "nobody" }, "email"],
    [{ email: "a＠example.com" }, "email"],
    [{ password: "short" }, "password"],
    [{ password: "password1234!" }, "password"],
    [{ password: 123456789012 }, "password"],
    [{ role: "administrator" }, "role"],
  ];
  for (const [change, field] of cases) {
    const error = await errorOf(await send(change));
    expect(error).toMatchObject({ status: 400, code: "invalid_request" });
    expect(Object.keys(error.fields ?? {})).toEqual([field]);
  }
});

it("refuses a wrong code, and everybody after ten tries", async () => {
  await forgetTries();
  for (let tries = 0; tries < 10; tries += 1) {
    expect(await errorOf(await send({ code: "wrong" }))).toMatchObject({
      status: 403,
      code: "setup_code_wrong",
    });
  }
  const locked = await send();
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await errorOf(locked)).toMatchObject({ status: 429, code: "too_many_requests" });
});

it("makes exactly one administrator of parallel requests, then closes for ever", async () => {
  await forgetTries();
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => send({ email: `admin${index}@example.com` })),
  );
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 404)).toHaveLength(9);
  const users = await rowsOf(`select role, "passwordHash" from "User"`);
  expect(users).toHaveLength(1);
  expect(users[0]?.role).toBe("administrator");
  expect(users[0]?.passwordHash).toMatch(/^\$argon2id\$/);
  await forgetTries();
  expect(await errorOf(await send())).toMatchObject({ status: 404, code: "not_found" });
});
