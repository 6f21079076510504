import { afterEach, expect, it } from "vitest";
import { GET, POST } from "@/app/api/cron/tick/route";
import { getSettings } from "@/lib/server/env";
import { call, createUser, HEALTHY_TOKEN, requestsTo } from "../support/api";
import { imagesOf, orderedBatch, SUBMIT_PATH } from "../support/order";

const SECRET = "a secret of the cron job";
afterEach(() => {
  delete getSettings().CRON_SECRET;
});

const tick = (authorization?: string, handler = POST, method = "POST") =>
  call(handler, { method, ...(authorization && { headers: { authorization } }) });

it("is not there without a secret, and closed without the right one", async () => {
  expect((await tick(`Bearer ${SECRET}`)).status).toBe(404);
  getSettings().CRON_SECRET = SECRET;
  for (const wrong of [undefined, "Bearer ", `bearer ${SECRET}`, `Bearer ${SECRET}x`, SECRET]) {
    expect((await tick(wrong)).status).toBe(401);
  }
});

it("makes every due step, so that pictures end where no process stays alive", async () => {
  getSettings().CRON_SECRET = SECRET;
  const user = await createUser({ token: HEALTHY_TOKEN });
  await orderedBatch(user, { count: 2 });
  for (let minute = 0; minute < 12; minute += 1) {
    const handler = minute % 2 === 0 ? POST : GET;
    const answer = await tick(`Bearer ${SECRET}`, handler, minute % 2 === 0 ? "POST" : "GET");
    expect(answer.status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  expect((await imagesOf(user)).map(({ status }) => status)).toEqual(["done", "done"]);
  expect(requestsTo(SUBMIT_PATH)).toHaveLength(2);
});
