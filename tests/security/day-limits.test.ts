import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { PUT as putBudget } from "@/app/api/me/budget/route";
import { GET as listModels } from "@/app/api/models/route";
import { POST as help } from "@/app/api/prompts/help/route";
import type { Cap } from "@/lib/shared/schemas/credits";
import {
  answerWith,
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_MODEL, CHAT_PATH } from "../support/ask";
import { forgetLimits, removeLimits, setLimits } from "../support/limits";
import { order, untilAllEnded } from "../support/order";
import { readUiStream } from "../support/ui-stream";

let administrator: TestUser;
beforeAll(async () => {
  administrator = await createUser({ role: "administrator" });
});
afterEach(forgetLimits);

const createMember = () => createUser({ token: HEALTHY_TOKEN });
const chat = async (user: TestUser) => readUiStream(await ask(user));

/** Asks so often at once and to the end; answers the codes of what was refused. */
async function askAtOnce(users: readonly TestUser[], times: number) {
  const answers = await Promise.all(
    Array.from({ length: times }, (_, index) => ask(users[index % users.length] ?? null)),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  await Promise.all(answers.filter(({ status }) => status === 200).map(readUiStream));
  return Promise.all(refused.map(errorOf));
}

const capsOf = async (user: TestUser): Promise<Cap[]> =>
  (await (await call(getCredits, { user })).json()).caps;

describe("limits of a day", () => {
  it("TIM-01: nine of ten are used and twenty ask at once: one is let through", async () => {
    const user = await createMember();
    for (let times = 0; times < 9; times += 1) await chat(user);
    await setLimits(administrator, user.id, { calls: 10 });
    const before = requestsTo(CHAT_PATH).length;
    const refused = await askAtOnce([user], 20);
    expect(refused).toHaveLength(19);
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(
      new Set(["429 member_calls_spent"]),
    );
    expect(requestsTo(CHAT_PATH).length - before).toBe(1);
    expect(await rowsOf(`select 1 from "UsageEntry" where "userId" = $1`, [user.id])).toHaveLength(
      10,
    );
  });

  it("TIM-07: eight ask at once who never called before: the limit holds from the first on", async () => {
    const user = await createMember();
    await setLimits(administrator, "members", { calls: 3 });
    expect(await askAtOnce([user], 8)).toHaveLength(5);
    const days = await rowsOf(
      `select 1 from "UsageSum" where "userId" = $1 and length(span) = 10`,
      [user.id],
    );
    expect(days).toHaveLength(1);
  });

  it("of the team hold for all of its members together", async () => {
    const users = await Promise.all([createMember(), createMember(), createMember()]);
    const [used] = await rowsOf(
      `select coalesce(sum(calls), 0)::int as calls from "UsageSum" where span = to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
    );
    await setLimits(administrator, "team", { calls: Number(used?.calls) + 4 });
    const refused = await askAtOnce(users, 12);
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ code: "team_calls_spent" });
  });

  it("count what ModelScope refused as nothing: its place is free again", async () => {
    const user = await createMember();
    await setLimits(administrator, user.id, { calls: 1 });
    answerWith(CHAT_PATH, 500, { message: "down" });
    expect((await chat(user)).readout.status).toBe("failed");
    answerWith(CHAT_PATH, 403, { message: "no" });
    expect((await chat(user)).readout.status).toBe("failed");
    expect((await capsOf(user))[0]).toMatchObject({ used: 0, level: "ok" });
  });

  it("refuse pictures of one click all or none, and say so before anything is written", async () => {
    const user = await createMember();
    await setLimits(administrator, user.id, { pictures: 3 });
    expect((await order(user, { count: 2 })).status).toBe(202);
    expect(await errorOf(await order(user, { count: 2 }))).toMatchObject({
      status: 429,
      code: "member_pictures_spent",
    });
    expect(await rowsOf(`select 1 from "Image" where "userId" = $1`, [user.id])).toHaveLength(2);
    expect((await order(user)).status).toBe(202);
    await untilAllEnded(user);
  });

  it("count Magicubes of known prices, reserved before they are spent", async () => {
    const user = await createMember();
    await waitFor(async () => {
      const { models } = await (await call(listModels, { user })).json();
      return models.find(({ id }: { id: string }) => id === CHAT_MODEL)?.price === 1;
    });
    await setLimits(administrator, user.id, { credits: 1.5 });
    expect(await askAtOnce([user], 4)).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ code: "member_credits_spent" })),
    );
    expect((await capsOf(user))[0]).toMatchObject({ measure: "credits", used: 1, level: "ok" });
    await rowsOf(`update "UsageEntry" set "priceHalfCredits" = 3 where "userId" = $1`, [user.id]);
    expect((await capsOf(user))[0]).toMatchObject({ used: 1.5, level: "reached" });
  });

  it("hold for short calls too", async () => {
    const user = await createMember();
    await setLimits(administrator, user.id, { calls: 0 });
    const body = { kind: "translate", prompt: "一只猫" };
    expect(await errorOf(await call(help, { method: "POST", user, body }))).toMatchObject({
      status: 429,
      code: "member_calls_spent",
    });
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });

  it("the same key answers with its first answer, whatever the limit says since", async () => {
    const user = await createMember();
    const idempotencyKey = crypto.randomUUID();
    await readUiStream(await ask(user, { idempotencyKey }));
    await setLimits(administrator, user.id, { calls: 1 });
    expect((await ask(user, { idempotencyKey })).status).toBe(200);
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  });

  it("TIM-09: lowered below what is used, raised and taken away hold at once, and nothing is negative", async () => {
    const user = await createMember();
    await chat(user);
    await chat(user);
    await setLimits(administrator, user.id, { calls: 1 });
    expect((await capsOf(user))[0]).toMatchObject({ limit: 1, used: 2, level: "reached" });
    expect((await ask(user)).status).toBe(429);
    await setLimits(administrator, user.id, { calls: 3 });
    expect((await chat(user)).readout.status).toBe("complete");
    expect((await ask(user)).status).toBe(429);
    await removeLimits(administrator, user.id);
    expect((await chat(user)).readout.status).toBe("complete");
    expect(await capsOf(user)).toEqual([]);
    await setLimits(administrator, user.id, { calls: 0 });
    expect((await capsOf(user))[0]).toMatchObject({ level: "reached" });
  });

  it("a member's own stand in the place of everybody's", async () => {
    const user = await createMember();
    await setLimits(administrator, "members", { calls: 0 });
    await setLimits(administrator, user.id, { calls: 1 });
    expect((await chat(user)).readout.status).toBe("complete");
    expect((await ask(await createMember())).status).toBe(429);
  });

  it("are near at 80 % and reached at 100 %; of the team only that is told", async () => {
    const user = await createMember();
    await setLimits(administrator, user.id, { calls: 5 });
    const levels = [];
    for (let times = 0; times < 5; times += 1) {
      await chat(user);
      levels.push((await capsOf(user))[0]?.level);
    }
    expect(levels).toEqual(["ok", "ok", "ok", "near", "reached"]);
    await setLimits(administrator, "team", { calls: 1_000 });
    const team = (await capsOf(user)).find(({ scope }) => scope === "team");
    expect(team).toMatchObject({ limit: 1_000, used: null, level: "ok" });
  });

  it("one's own budget warns and refuses nothing", async () => {
    const user = await createMember();
    const set = (credits: unknown) => call(putBudget, { method: "PUT", user, body: { credits } });
    expect((await set(2)).status).toBe(204);
    for (let times = 0; times < 3; times += 1) await chat(user);
    await rowsOf(`update "UsageEntry" set "priceHalfCredits" = 2 where "userId" = $1`, [user.id]);
    expect(await capsOf(user)).toEqual([
      { scope: "self", measure: "credits", limit: 2, used: 3, level: "reached" },
    ]);
    expect((await chat(user)).readout.status).toBe("complete");
    for (const credits of [-1, 0.3, "2", Number.MAX_VALUE, { gt: 1 }]) {
      expect((await set(credits)).status).toBe(400);
    }
    expect((await set(null)).status).toBe(204);
    expect(await capsOf(user)).toEqual([]);
  });
});
