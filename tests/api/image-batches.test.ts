import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { POST as cancelImages } from "@/app/api/images/cancel/route";
import { GET as listImages } from "@/app/api/images/route";
import { GET as getLane } from "@/app/api/lane/route";
import { forgetCredits } from "@/lib/server/services/credits";
import type { ImageView } from "@/lib/shared/schemas/image";
import { submit } from "@/simulator/endpoints/images";
import {
  answerWith,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import {
  imagesOf,
  order,
  orderedBatch,
  SUBMIT_PATH,
  untilAllEnded,
  workOn,
} from "../support/order";
import { readUiStream } from "../support/ui-stream";

const seedsSent = () => requestsTo(SUBMIT_PATH).map(({ body }) => Object(body).seed);
const ledgerOf = ({ id }: TestUser) =>
  rowsOf(
    `select status, "isCall" from "UsageEntry" where "userId" = $1 and "imageId" is not null`,
    [id],
  );

describe("several pictures of one click", () => {
  it("count the seed up, one picture each, one ledger row each, in order", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const images = await orderedBatch(user, { count: 4, seed: 2_147_483_646 });
    expect(images.map(({ batchIndex }) => batchIndex)).toEqual([0, 1, 2, 3]);
    expect(new Set(images.map(({ batchId }) => batchId))).toEqual(new Set([images[0]?.id]));
    const ended = await untilAllEnded(user);
    expect(ended.map(({ status }) => status)).toEqual(Array(4).fill("done"));
    expect(seedsSent()).toEqual([2_147_483_646, 2_147_483_647, 0, 1]);
    expect(await ledgerOf(user)).toEqual(Array(4).fill({ status: "complete", isCall: true }));
  });

  it("share a locked seed, and leave it to chance where none is set", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await orderedBatch(user, { count: 2, seed: 0, lockSeed: true });
    await orderedBatch(user, { count: 2 });
    await untilAllEnded(user);
    expect(seedsSent()).toEqual([0, 0, undefined, undefined]);
  });

  it("are the same pictures under the same key, and nothing under another body", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => order(user, { count: 3 }, key)),
    );
    const ids = await Promise.all(answers.map(async (answer) => idsIn(await answer.json())));
    expect(new Set(ids.map(String)).size).toBe(1);
    expect(ids[0]).toHaveLength(3);
    expect(await errorOf(await order(user, { count: 4 }, key))).toMatchObject({ status: 422 });
    expect(await imagesOf(user)).toHaveLength(3);
    await untilAllEnded(user);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
  });

  it("are refused as a whole: none, nine, half a picture, more than anybody waits for", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const count of [0, 9, 1.5, "2"]) {
      const error = await errorOf(await order(user, { count }));
      expect([error.status, Object.keys(error.fields ?? {})]).toEqual([400, ["count"]]);
    }
    for (let batch = 0; batch < 16; batch += 1) {
      expect((await order(user, { count: 8, prompt: "[slow]" })).status).toBe(202);
    }
    await waitFor(async () => requestsTo(SUBMIT_PATH).length === 1);
    expect(await errorOf(await order(user, { count: 8 }))).toMatchObject({ code: "lane_full" });
    await rowsOf(`delete from "Image" where "userId" = $1`, [user.id]);
  });
});

function refuseWith(response: ServerResponse, message: string): void {
  response.writeHead(429, { "content-type": "application/json" });
  response.end(JSON.stringify({ errors: { message } }));
}

const idsIn = ({ images }: { images: ImageView[] }) => images.map(({ id }) => id);

describe("one lane for pictures and everything else", () => {
  it("has one picture at ModelScope at a time, and names the others in order", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const images = await orderedBatch(user, { count: 3, prompt: "[slow]" });
    await waitFor(async () => requestsTo(SUBMIT_PATH).length === 1);
    await Promise.all(Array.from({ length: 5 }, () => workOn(user)));
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    await waitFor(async () => {
      const { entries } = await (await call(getLane, { user })).json();
      return entries[0]?.isRunning;
    });
    const { entries } = await (await call(getLane, { user })).json();
    expect(entries.map((entry: { imageId: string }) => entry.imageId)).toEqual(
      images.map(({ id }) => id),
    );
    expect(entries.map((entry: { isRunning: boolean }) => entry.isRunning)).toEqual([
      true,
      false,
      false,
    ]);
    await rowsOf(`delete from "Image" where "userId" = $1`, [user.id]);
  });

  it("a question waits for the picture being made, and goes before those that wait", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await orderedBatch(user, { count: 2 });
    await waitFor(async () => requestsTo(SUBMIT_PATH).length === 1);
    const asked = await ask(user);
    const reading = readUiStream(asked);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(requestsTo(CHAT_PATH)).toHaveLength(0);
    await untilAllEnded(user);
    expect((await reading).readout.status).toBe("complete");
    const paths = getSimulator()
      .state.requests.map(({ path }) => path)
      .filter((path) => path === SUBMIT_PATH || path === CHAT_PATH);
    expect(paths).toEqual([SUBMIT_PATH, CHAT_PATH, SUBMIT_PATH]);
  });

  it("a picture that hangs holds it for two minutes, no longer", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const [image] = await orderedBatch(user, { count: 1, prompt: "[slow]" });
    await waitFor(async () => (await imagesOf(user))[0]?.submittedAt);
    await rowsOf(`update "Image" set "submittedAt" = now() - interval '121 s' where id = $1`, [
      image?.id,
    ]);
    expect((await readUiStream(await ask(user))).readout.status).toBe("complete");
    await rowsOf(`delete from "Image" where "userId" = $1`, [user.id]);
  });

  it("what waits can be cancelled together; what is being made cannot be taken back", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const images = await orderedBatch(user, { count: 4 });
    await waitFor(async () => (await imagesOf(user)).some(({ submittedAt }) => submittedAt));
    const body = { ids: images.map(({ id }) => id) };
    expect((await call(cancelImages, { method: "POST", user: other, body })).status).toBe(204);
    expect((await imagesOf(user)).filter(({ status }) => status === "cancelled")).toEqual([]);
    expect((await call(cancelImages, { method: "POST", user, body })).status).toBe(204);
    const ended = await untilAllEnded(user);
    expect(ended.map(({ status }) => status)).toEqual([
      "done",
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
    expect((await ledgerOf(user)).filter(({ isCall }) => isCall)).toHaveLength(1);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });
});

describe("a queue that waits for credits", () => {
  it("a busy moment at the third and an empty account at the fifth: eight pictures, eight tasks", async () => {
    const { state } = getSimulator();
    const user = await createUser({ token: HEALTHY_TOKEN });
    let submits = 0;
    let isEmpty = false;
    let accepted = 0;
    state.interceptors.set(SUBMIT_PATH, (exchange) => {
      submits += 1;
      if (submits === 3) return refuseWith(exchange.response, "Request limit exceeded.");
      if (submits === 6) isEmpty = true;
      if (isEmpty) return refuseWith(exchange.response, "insufficient balance");
      accepted += 1;
      return submit(exchange);
    });
    await orderedBatch(user, { count: 8 });
    await waitFor(async () => {
      await workOn(user);
      const [parked] = (await imagesOf(user)).filter(({ status }) => status === "new");
      return parked?.errorCode === "balance_empty" && parked.batchIndex === 4;
    });
    expect((await imagesOf(user)).filter(({ status }) => status === "done")).toHaveLength(4);
    const before = submits;
    await workOn(user);
    expect(submits).toBe(before);
    isEmpty = false;
    // An open page reads the balance each minute; so does the worker, less and less often.
    forgetCredits({ userId: user.id });
    await call(getCredits, { user });
    const ended = await untilAllEnded(user);
    expect(ended.map(({ status }) => status)).toEqual(Array(8).fill("done"));
    expect(accepted).toBe(8);
    expect(await ledgerOf(user)).toEqual(Array(8).fill({ status: "complete", isCall: true }));
  });

  it("an account that is still empty is asked for its balance, not for another picture", async () => {
    const { balances } = getSimulator().state;
    const user = await createUser({ token: HEALTHY_TOKEN });
    balances.set(HEALTHY_TOKEN, 0);
    const [image] = await orderedBatch(user, { count: 1 });
    const isParked = async () => (await imagesOf(user))[0]?.errorCode === "balance_empty";
    await waitFor(isParked);
    const look = async () => {
      await rowsOf(`update "Image" set "nextActionAt" = now() where id = $1`, [image?.id]);
      await workOn(user);
    };
    const balanceReads = () => requestsTo("/openapi/v1/magicubes/balance").length;
    const before = balanceReads();
    await look();
    await look();
    expect(await isParked()).toBe(true);
    expect(balanceReads()).toBe(before + 2);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    balances.set(HEALTHY_TOKEN, 250);
    await look();
    expect((await untilAllEnded(user)).map(({ status }) => status)).toEqual(["done"]);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(2);
  });

  it("a moment that stays busy ends after two more tries, as not charged", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    answerWith(SUBMIT_PATH, 429, { errors: { message: "Request limit exceeded." } });
    await orderedBatch(user, { count: 1 });
    const [image] = await untilAllEnded(user);
    expect(image).toMatchObject({ status: "failed", errorCode: "rate_limited" });
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
    expect(await ledgerOf(user)).toEqual([{ status: "failed", isCall: false }]);
  });
});

it("an unfinished picture is among the active ones, with its place in the list's pages", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await orderedBatch(user, { count: 2 });
  await untilAllEnded(user);
  await orderedBatch(user, { count: 1, prompt: "[slow]" });
  const groupOf = async (group: string) => {
    const answer = await call(listImages, { user, path: `/api/images?group=${group}` });
    return (await answer.json()).images.length;
  };
  expect([await groupOf("all"), await groupOf("active"), await groupOf("favourite")]).toEqual([
    3, 1, 0,
  ]);
  await rowsOf(`delete from "Image" where "userId" = $1`, [user.id]);
});
