import { expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { PUT as putToken } from "@/app/api/token/route";
import { saveRateReadings } from "@/lib/server/db/rate-readings";
import { call, createUser, HEALTHY_TOKEN, rowsOf, type TestUser } from "../support/api";

const MODEL = "Qwen/Qwen3-8B";
const UNSAID = { limit: null, remaining: null };

type Limit = { model: string | null; limit: number | null; remaining: number | null };
const limitsOf = async (
  user: TestUser,
): Promise<[string | null, number | null, number | null][]> => {
  const { limits } = await (await call(getCredits, { user })).json();
  return limits.map(({ model, limit, remaining }: Limit) => [model, limit, remaining]);
};
const createReader = async (): Promise<TestUser> => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await saveRateReadings(user.id, MODEL, {
    total: { limit: 2000, remaining: 90 },
    model: { limit: 500, remaining: 20 },
    readAt: new Date(),
  });
  return user;
};
const KNOWN = [
  [null, 2000, 90],
  [MODEL, 500, 20],
];

it("daily limits are the user's own, and of today", async () => {
  const [user, other] = [await createReader(), await createUser({ token: HEALTHY_TOKEN })];
  expect(await limitsOf(user)).toEqual(KNOWN);
  expect(await limitsOf(other)).toEqual([]);
  await rowsOf(`update "RateReading" set "readAt" = now() - interval '1 day' where "userId" = $1`, [
    user.id,
  ]);
  expect(await limitsOf(user)).toEqual([]);
});

it("an answer that names only some of the limits spoils none of the others", async () => {
  const user = await createReader();
  await saveRateReadings(user.id, MODEL, {
    total: { limit: 2000, remaining: 89 },
    model: UNSAID,
    readAt: new Date(),
  });
  await saveRateReadings(user.id, MODEL, {
    total: UNSAID,
    model: { limit: 600, remaining: null },
    readAt: new Date(),
  });
  expect(await limitsOf(user)).toEqual([
    [null, 2000, 89],
    [MODEL, 600, 20],
  ]);
});

it("a limit that was never named is not shown", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const ofModel = { limit: null, remaining: 0 };
  await saveRateReadings(user.id, MODEL, { total: UNSAID, model: ofModel, readAt: new Date() });
  expect(await limitsOf(user)).toEqual([[MODEL, null, 0]]);
});

it("an answer that was read earlier and stored later changes nothing", async () => {
  const user = await createReader();
  await saveRateReadings(user.id, MODEL, {
    total: { limit: 2000, remaining: 95 },
    model: { limit: 500, remaining: 25 },
    readAt: new Date(Date.now() - 1_000),
  });
  expect(await limitsOf(user)).toEqual(KNOWN);
});

it("a new token forgets the limits of its own user alone", async () => {
  const [user, other] = [await createReader(), await createReader()];
  await call(putToken, { method: "PUT", user, body: { token: HEALTHY_TOKEN } });
  expect(await limitsOf(user)).toEqual([]);
  expect(await limitsOf(other)).toEqual(KNOWN);
});
