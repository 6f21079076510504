import { afterEach, expect, it } from "vitest";
import { GET, POST } from "@/app/api/cron/tick/route";
import { GET as listImages } from "@/app/api/images/route";
import { getSettings } from "@/lib/server/env";
import { call, createUser, HEALTHY_TOKEN, requestsTo, waitFor } from "../support/api";
import { imagesOf, orderedBatch, SUBMIT_PATH } from "../support/order";

const SECRET = "a secret of the cron job";
afterEach(() => {
  delete getSettings().CRON_SECRET;
  getSettings().isServerless = false;
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

it("where the process sleeps between requests: submitted before the answer, an open page drives the rest", async () => {
  getSettings().isServerless = true;
  const user = await createUser({ token: HEALTHY_TOKEN });
  await orderedBatch(user, { count: 2 });
  expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  const statuses = await waitFor(async () => {
    await call(listImages, { user, path: "/api/images?group=active" });
    const images = await imagesOf(user);
    return images.every(({ status }) => status === "done") && images.map(({ status }) => status);
  });
  expect(statuses).toEqual(["done", "done"]);
  expect(requestsTo(SUBMIT_PATH)).toHaveLength(2);
});

it("elsewhere a page that looks changes nothing", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await orderedBatch(user, { count: 2 });
  await waitFor(async () => requestsTo(SUBMIT_PATH).length === 1);
  for (let look = 0; look < 10; look += 1) {
    await call(listImages, { user, path: "/api/images?group=active" });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
});
