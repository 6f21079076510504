import { afterEach, expect, it, vi } from "vitest";
import { GET as getFlow } from "@/app/api/credits/flow/route";
import { GET as getCredits } from "@/app/api/credits/route";
import { PUT as putToken } from "@/app/api/token/route";
import { GET as listCalls } from "@/app/api/usage/calls/route";
import { GET as getUsage } from "@/app/api/usage/route";
import type { CreditFlow, Credits } from "@/lib/shared/schemas/credits";
import type { OwnUsage, UsageCall } from "@/lib/shared/schemas/usage";
import { answerWith, call, createUser, HEALTHY_TOKEN, rowsOf, type TestUser } from "../support/api";
import { ask, CHAT_MODEL } from "../support/ask";
import { readUiStream } from "../support/ui-stream";
import { readElsewhere } from "../support/usage-page";

const BALANCE = "/openapi/v1/magicubes/balance";
const NOON = Date.parse("2026-11-26T04:00:00Z");

afterEach(() => void vi.useRealTimers());

/** The account as somebody else's program leaves it. */
const setBalance = (available: number, held = 0) =>
  answerWith(BALANCE, 200, {
    success: true,
    data: { available_balance: available, frozen_amount: held },
  });

/** What the header shows at a minute after noon, read anew. */
async function readAt(user: TestUser, minute: number): Promise<Credits> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON + minute * 60_000 });
  return (await call(getCredits, { user })).json();
}

async function chatAt(user: TestUser, minute: number, model = CHAT_MODEL): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON + minute * 60_000 });
  await readUiStream(await ask(user, { model }));
  // The list of prices is read behind everybody's back; here it is there.
  if (model !== CHAT_MODEL) return;
  await rowsOf(
    `update "UsageEntry" set "priceHalfCredits" = 2, "priceSource" = 'listed' where "userId" = $1 and "priceSource" is null`,
    [user.id],
  );
}

const flowOf = async (user: TestUser): Promise<CreditFlow> =>
  (await call(getFlow, { user })).json();
const callsOf = async (user: TestUser): Promise<UsageCall[]> =>
  (await (await call(listCalls, { user })).json()).calls;

const rangeOf = async (user: TestUser, query: string): Promise<OwnUsage> =>
  (await call(getUsage, { user, path: `/api/usage?${query}` })).json();

const createReader = () => createUser({ token: HEALTHY_TOKEN });

it("what left the account beside our own calls was spent elsewhere", async () => {
  const user = await createReader();
  setBalance(250);
  await readAt(user, 0);
  expect(await flowOf(user)).toMatchObject({ here: 0, elsewhere: null });
  await chatAt(user, 1);
  await chatAt(user, 2);
  setBalance(250 - 2 - 8);
  await readAt(user, 3);
  expect(await flowOf(user)).toMatchObject({ here: 2, elsewhere: 8, unclear: 0 });
  setBalance(232);
  await readAt(user, 4);
  expect(await flowOf(user)).toMatchObject({ here: 2, elsewhere: 16, unclear: 0 });
});

it("is summed over the days of a range; unknown by hour and where the balance told nothing", async () => {
  const user = await createReader();
  setBalance(250);
  await readAt(user, 0);
  expect((await rangeOf(user, "from=2026-11-20&to=2026-11-26")).account).toBeNull();
  for (const [day, left] of [
    [0, 246],
    [1, 243],
  ] as const) {
    await readAt(user, day * 1_440 + 1);
    setBalance(left);
    await readAt(user, day * 1_440 + 2);
  }
  const range = await rangeOf(user, "from=2026-11-20&to=2026-11-27");
  expect(range.account).toEqual({ elsewhere: 7, unclear: 0, days: 2 });
  const notes = "“Elsewhere” comes from changes of the balance; on 2 days it could be compared.";
  expect(readElsewhere(range)).toEqual({ value: "7", notes });
  const last = await rangeOf(user, "from=2026-11-27&to=2026-11-27");
  expect(last.account).toMatchObject({ elsewhere: 3, days: 1 });
  const byHour = await rangeOf(user, "from=2026-11-26&to=2026-11-27&bucket=hour");
  expect(byHour.account).toBeNull();
  expect(readElsewhere(byHour)).toMatchObject({
    value: "unknown",
    notes: expect.stringContaining("kept by day"),
  });
  const other = await createReader();
  expect((await rangeOf(other, "from=2026-11-20&to=2026-11-27")).account).toBeNull();
});

it("is unknown where two calls overlap, and while one runs nothing is concluded", async () => {
  const user = await createReader();
  setBalance(250);
  await readAt(user, 0);
  await chatAt(user, 1);
  await chatAt(user, 2);
  await rowsOf(
    `update "UsageEntry" set "calledAt" = "startedAt" - interval '90 seconds' where "userId" = $1`,
    [user.id],
  );
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, "startedAt")
    values ('open' || $1, $1, 'chat', 'a/b', 'openai', '2026-11-26', $2)`,
    [user.id, new Date(NOON + 150_000)],
  );
  setBalance(240);
  await readAt(user, 3);
  expect(await flowOf(user)).toMatchObject({ elsewhere: null, unclear: 0 });
  await rowsOf(
    `update "UsageEntry" set status = 'failed', "endedAt" = $2 where id = 'open' || $1`,
    [user.id, new Date(NOON + 200_000)],
  );
  await readAt(user, 4);
  expect(await flowOf(user)).toMatchObject({ here: 2, elsewhere: 0, unclear: 8 });
});

it("learns what a model costs from single calls, believes two that agree, and marks what it saw", async () => {
  const user = await createReader();
  let balance = 250;
  setBalance(balance);
  await readAt(user, 0);
  for (const minute of [1, 3]) {
    await chatAt(user, minute, "simulator/no-done");
    await rowsOf(
      `update "UsageEntry" set "priceHalfCredits" = null, "priceSource" = null where "userId" = $1 and "priceSource" = 'listed'`,
      [user.id],
    );
    balance -= 2;
    setBalance(balance);
    await readAt(user, minute + 1);
  }
  expect((await callsOf(user)).map(({ credits, priceSource }) => [credits, priceSource])).toEqual([
    [2, "measured"],
    [2, "measured"],
  ]);
  await chatAt(user, 6, "simulator/no-done");
  expect((await callsOf(user))[0]).toMatchObject({ credits: 2, priceSource: "estimated" });
  await rowsOf(`delete from "LearntPrice"`);
});

it("sees a grant, says when it lapses, and that this is inferred from the last reading before", async () => {
  const user = await createReader();
  setBalance(50);
  await readAt(user, 0);
  setBalance(250);
  const credits = await readAt(user, 10);
  expect(credits.batches).toEqual([
    { credits: 200, lapsesAt: new Date(NOON + 24 * 3_600_000).toISOString() },
  ]);
  expect(await flowOf(user)).toMatchObject({ granted: 200, elsewhere: 0 });
  setBalance(120);
  expect((await readAt(user, 11)).batches).toEqual([expect.objectContaining({ credits: 120 })]);
});

it("says when the balance is empty at this pace, within a day", async () => {
  const user = await createReader();
  setBalance(3);
  await readAt(user, 0);
  for (const minute of [1, 2, 3, 4]) await chatAt(user, minute);
  await readAt(user, 10);
  const flow = await flowOf(user);
  expect(flow.perHour).toBe(4);
  expect(flow.emptyAt).toBe(new Date(NOON + 10 * 60_000 + 45 * 60_000).toISOString());
  setBalance(250);
  await readAt(user, 11);
  expect((await flowOf(user)).emptyAt).toBeNull();
});

it("keeps the last number, with its time, where the next reading fails; never 0", async () => {
  const user = await createReader();
  setBalance(236.5, 4);
  await readAt(user, 0);
  answerWith(BALANCE, 500, { message: "down" });
  expect(await readAt(user, 10)).toMatchObject({
    state: "unreadable",
    available: null,
    errorCode: "upstream_down",
    last: { available: 236.5, held: 4, readAt: new Date(NOON).toISOString() },
  });
});

it("a new token forgets what is known of the account before", async () => {
  const user = await createReader();
  setBalance(50);
  await readAt(user, 0);
  setBalance(250);
  await readAt(user, 1);
  await call(putToken, { method: "PUT", user, body: { token: HEALTHY_TOKEN } });
  const credits = await readAt(user, 2);
  expect(credits.batches).toEqual([]);
  expect(
    (await rowsOf(`select "quietHalf" from "CreditState" where "userId" = $1`, [user.id]))[0],
  ).toEqual({ quietHalf: 500 });
});

it("TIM-08: fractions, no data and what is held are taken as they are; nothing is made of what is not said", async () => {
  const user = await createReader();
  setBalance(0.5, 1.5);
  expect(await readAt(user, 0)).toMatchObject({ available: 0.5, held: 1.5 });
  answerWith(BALANCE, 200, { success: true });
  expect(await readAt(user, 1)).toMatchObject({
    state: "unreadable",
    available: null,
    errorCode: null,
  });
  answerWith(BALANCE, 200, { success: true, data: { available_balance: 7 } });
  expect(await readAt(user, 2)).toMatchObject({ available: 7, held: null });
  // Held was said before and is not now: the two are not held against each other.
  expect(await flowOf(user)).toMatchObject({ elsewhere: null, granted: 0 });
});
