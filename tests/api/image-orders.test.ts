import { expect, it } from "vitest";
import { GET as getCredits } from "@/app/api/credits/route";
import { GET as listModels } from "@/app/api/models/route";
import type { Model } from "@/lib/shared/schemas/model";
import {
  answerWith,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  waitFor,
} from "../support/api";
import {
  IMAGE_MODEL,
  imageLedgerRowOf,
  order,
  ordered,
  SUBMIT_PATH,
  untilEnded,
  untilSubmitted,
} from "../support/order";
import { uploaded } from "../support/upload";

const EDIT = "Qwen/Qwen-Image-Edit-2511";

it("an order is booked with the price that ModelScope's site names", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await waitFor(async () => {
    const { models } = await (await call(listModels, { user })).json();
    return models.find(({ id }: Model) => id === IMAGE_MODEL)?.price === 1;
  });
  const { id } = await ordered(user);
  expect((await untilEnded(user, id)).status).toBe("done");
  expect(await imageLedgerRowOf(id)).toMatchObject({ priceHalfCredits: 2, priceSource: "listed" });
});

it("what has no effect on a model is not sent", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id: upload } = await uploaded(user);
  const ignored = { guidance: 4, negativePrompt: "blurry" };
  const { id } = await ordered(user, { model: EDIT, uploads: [upload], steps: 20, ...ignored });
  expect((await untilEnded(user, id)).parameters).toEqual({ size: "512x512", steps: 20 });
  const sent = Object.keys(Object(requestsTo(SUBMIT_PATH)[0]?.body));
  expect(sent.sort()).toEqual(["image_url", "model", "prompt", "size", "steps"]);
});

it("a model of no family that the site lists for text is no picture model", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const error = await errorOf(await order(user, { model: "Tencent-Hunyuan/Hy3" }));
  expect([error.status, Object.keys(error.fields ?? {})]).toEqual([400, ["model"]]);
  expect(requestsTo(SUBMIT_PATH)).toEqual([]);
});

it("one picture of another's among one's own is refused as missing", async () => {
  const [user, other] = [
    await createUser({ token: HEALTHY_TOKEN }),
    await createUser({ token: HEALTHY_TOKEN }),
  ];
  const uploads = [(await uploaded(user)).id, (await uploaded(other)).id];
  expect((await order(user, { model: EDIT, uploads })).status).toBe(404);
  expect(await rowsOf(`select id from "Image" where "userId" = $1`, [user.id])).toEqual([]);
});

it("a model that was withdrawn is not ordered again, and ModelScope's date is told", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const message = `Model id : ${IMAGE_MODEL} , has no provider supported`;
  answerWith(SUBMIT_PATH, 400, { errors: { message } });
  const { id } = await ordered(user);
  expect(await untilEnded(user, id)).toMatchObject({ errorCode: "model_unavailable" });
  expect(Object.keys((await errorOf(await order(user))).fields ?? {})).toEqual(["model"]);
  expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  await rowsOf(`delete from "WithdrawnModel"`);
});

it("daily limits are read from the answer to an order too", async () => {
  const { options } = getSimulator().state;
  const user = await createUser({ token: HEALTHY_TOKEN });
  options.era = "daily";
  const { id } = await ordered(user);
  await untilEnded(user, id);
  options.era = "magicube";
  const { limits } = await waitFor(async () => {
    const credits = await (await call(getCredits, { user })).json();
    return credits.limits.length > 0 && credits;
  });
  expect(limits).toMatchObject([
    { model: null, limit: 2000 },
    { model: IMAGE_MODEL, limit: 500 },
  ]);
});

it("a poll that fails without end is given up, as a call", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id } = await ordered(user, { prompt: "[poll-500]" });
  await untilSubmitted(id);
  await rowsOf(`update "Image" set "pollCount" = 60, "nextActionAt" = now() where id = $1`, [id]);
  expect(await untilEnded(user, id)).toMatchObject({
    status: "unknown",
    errorCode: "upstream_down",
  });
  expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: true });
});

for (const word of ["FAILED", "CANCELED", "CANCELLED", "TIMEOUT", "canceled"]) {
  it(`a task that is ${word} has ended, and cost nothing`, async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [id]);
    getSimulator().state.interceptors.set(`/v1/tasks/${row?.taskId}`, ({ response }) => {
      response.end(JSON.stringify({ task_status: word, errors: { message: "no GPU" } }));
    });
    expect(await untilEnded(user, id)).toMatchObject({
      status: "failed",
      errorCode: "image_failed",
      errorText: "no GPU",
    });
    expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: false });
  });
}

it("a task that is unknown at first is asked for again", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id } = await ordered(user);
  await untilSubmitted(id);
  const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [id]);
  const { interceptors } = getSimulator().state;
  let polls = 0;
  interceptors.set(`/v1/tasks/${row?.taskId}`, ({ response }) => {
    polls += 1;
    if (polls === 4) interceptors.clear();
    response.end(JSON.stringify({ task_status: "FAILED", errors: { message: "task not found" } }));
  });
  expect((await untilEnded(user, id)).status).toBe("done");
  expect(polls).toBe(4);
});
