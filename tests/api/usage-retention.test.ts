import { afterEach, expect, it } from "vitest";
import { GET as getUsage } from "@/app/api/usage/route";
import { getSettings, readSettings } from "@/lib/server/env";
import { deleteExpired } from "@/lib/server/services/sweep";
import { toLedgerDay } from "@/lib/shared/calendar";
import { call, createUser, rowsOf, type TestUser } from "../support/api";

const DAY_MS = 86_400_000;

afterEach(() => Object.assign(getSettings(), { USAGE_RETENTION_DAYS: 0 }));

async function addCall(user: TestUser, daysAgo: number, status = "complete"): Promise<void> {
  const at = new Date(Date.now() - daysAgo * DAY_MS);
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "startedAt")
     values ($1, $2, 'chat', 'a/b', 'openai', $3, $4::"CallStatus", true, $5)`,
    [crypto.randomUUID().replaceAll("-", ""), user.id, toLedgerDay(at), status, at],
  );
}

const rowCount = async ({ id }: TestUser) =>
  (await rowsOf(`select 1 from "UsageEntry" where "userId" = $1`, [id])).length;

it("deletes single calls that are older than they are kept, and leaves the numbers of their days", async () => {
  const user = await createUser();
  for (const daysAgo of [1, 9, 11, 40]) await addCall(user, daysAgo);
  await addCall(user, 40, "open");
  await deleteExpired();
  expect(await rowCount(user)).toBe(5);
  Object.assign(getSettings(), { USAGE_RETENTION_DAYS: 10 });
  await deleteExpired();
  expect(await rowCount(user)).toBe(3); // one of them is open: a sweep has to settle it first
  const from = toLedgerDay(new Date(Date.now() - 60 * DAY_MS));
  const usage = await (await call(getUsage, { user, path: `/api/usage?from=${from}` })).json();
  expect(usage.total.calls).toBe(4);
});

it("keeps a week at least, which hours, weather and the balance read", () => {
  const faultsOf = (days: string) => readSettings({ USAGE_RETENTION_DAYS: days }).faults;
  expect(faultsOf("7")).toEqual([
    { name: "USAGE_RETENTION_DAYS", text: "must be 0, for ever, or at least 8" },
  ]);
  expect(faultsOf("8")).toBeNull();
  expect(faultsOf("0")).toBeNull();
});
