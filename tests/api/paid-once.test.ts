import { describe, expect, it } from "vitest";
import { POST as chat } from "@/app/api/chat/route";
import { GET as getCredits } from "@/app/api/credits/route";
import { PUT as putToken } from "@/app/api/token/route";
import { advanceImage } from "@/lib/server/services/image-task";
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
  imageLedgerRowOf,
  order,
  ordered,
  readImage,
  SUBMIT_PATH,
  takeDueImage,
  untilEnded,
  untilSubmitted,
} from "../support/order";
import { readUiStream } from "../support/ui-stream";

const OTHER_TOKEN = "ms-00000000-0000-4000-8000-000000000008";

describe("the same key again", () => {
  it("answers with the same run, also when its model was withdrawn by it", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const body = {
      message: { text: "Hello" },
      model: "simulator/no-provider",
      settings: {},
      idempotencyKey: crypto.randomUUID(),
    };
    const send = async () => readUiStream(await call(chat, { method: "POST", user, body }));
    const [first, second] = [await send(), await send()];
    expect(second.readout).toEqual(first.readout);
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    await rowsOf(`delete from "WithdrawnModel"`);
  });

  it("answers with the same picture, whatever became of its model or token", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const first = await (await order(user, {}, key)).json();
    await untilEnded(user, first.image.id);
    await rowsOf(`insert into "WithdrawnModel" values ('cn', 'Tongyi-MAI/Z-Image-Turbo', now())`);
    await rowsOf(`delete from "ModelScopeToken" where "userId" = $1`, [user.id]);
    const second = await order(user, {}, key);
    expect(second.status).toBe(202);
    expect((await second.json()).image.id).toBe(first.image.id);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    await rowsOf(`delete from "WithdrawnModel"`);
  });
});

describe("a paid picture survives", () => {
  it("odd fields in the answer to its submit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    answerWith(SUBMIT_PATH, 200, {
      task_id: 4003503,
      request_id: 7,
      task_status: ["?"],
      images: "none",
    });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    const [row] = await rowsOf(`select "taskId", status from "Image" where id = $1`, [id]);
    expect(row).toMatchObject({ taskId: "4003503" });
  });

  it("odd entries among its addresses", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [id]);
    const hex = Number(row?.taskId).toString(16).padStart(32, "0");
    const url = `${getSimulator().url}/img/${hex}.png`;
    answerWith(`/v1/tasks/${row?.taskId}`, 200, {
      task_status: "SUCCEED",
      output_images: [null, url],
    });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done" });
  });

  it("a process that dies while it copies a picture that came with the answer", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    await rowsOf(
      `update "Image" set status = 'fetching', "taskId" = null, "storageKey" = null, "nextActionAt" = now(), "leaseUntil" = now() - interval '1 s' where id = $1`,
      [id],
    );
    await rowsOf(`update "UsageEntry" set status = 'open' where "imageId" = $1`, [id]);
    const task = await takeDueImage(id);
    if (!task) throw new Error("the picture is not due");
    await advanceImage(task);
    expect(await readImage(user, id)).toMatchObject({
      status: "failed",
      errorCode: "image_copy_failed",
    });
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "failed", isCall: true });
  });

  it("an answer that comes after its lease has ended", async () => {
    const { saveTaskId } = await import("@/lib/server/db/image-tasks");
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[reset]" });
    expect(await untilEnded(user, id)).toMatchObject({ status: "unknown" });
    await saveTaskId(id, "4003503", null, 0);
    expect(await readImage(user, id)).toMatchObject({ status: "submitted", errorCode: null });
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "open" });
  });
});

describe("a day's quota", () => {
  const asked = (user: TestUser) => ask(user, { model: "simulator/quota-day" });
  /** The reading is written beside the run, which does not wait for it. */
  const untilNoted = ({ id }: TestUser) =>
    waitFor(async () => {
      const text = `select 1 from "RateReading" where "userId" = $1 and "readAt" > now() - interval '1 hour'`;
      return (await rowsOf(text, [id])).length;
    });
  it("closes the model for this user until midnight in China, without another call", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    expect((await readUiStream(await asked(user))).readout.errorCode).toBe("model_quota_day");
    await untilNoted(user);
    const { limits } = await (await call(getCredits, { user })).json();
    expect(
      limits.filter(({ remaining }: { remaining: unknown }) => remaining !== null),
    ).toMatchObject([{ model: "simulator/quota-day", limit: null, remaining: 0 }]);
    const refused = await asked(user);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(await errorOf(refused)).toMatchObject({ status: 429, code: "model_quota_day" });
    const midnight = new Date(Date.now() + seconds * 1_000);
    expect(midnight.toLocaleTimeString("en-GB", { timeZone: "Asia/Shanghai" }).slice(0, 5)).toMatch(
      /^(00:00|23:59)$/,
    );
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    expect((await readUiStream(await ask(user))).readout.status).toBe("complete");
  });

  it("closes a model of pictures as well", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const message = "You have exceeded today's quota for model X, please try again tomorrow";
    answerWith(SUBMIT_PATH, 429, { error: { message } });
    const { id } = await ordered(user);
    expect((await untilEnded(user, id)).errorCode).toBe("model_quota_day");
    expect(await errorOf(await order(user))).toMatchObject({ code: "model_quota_day" });
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });

  it("of the day before, or of another account, closes nothing", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await readUiStream(await asked(user));
    await untilNoted(user);
    await rowsOf(
      `update "RateReading" set "readAt" = now() - interval '1 day' where "userId" = $1`,
      [user.id],
    );
    await readUiStream(await asked(user));
    expect(requestsTo(CHAT_PATH)).toHaveLength(2);
    await untilNoted(user);
    await call(putToken, { method: "PUT", user, body: { token: OTHER_TOKEN } });
    await readUiStream(await asked(user));
    expect(requestsTo(CHAT_PATH)).toHaveLength(3);
  });
});

it("another provider's key does not spoil the ModelScope token", async () => {
  answerWith(CHAT_PATH, 401, {
    error: { code: "invalid_api_key", message: "Incorrect API key provided." },
  });
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { readout } = await readUiStream(await ask(user, { model: "Qwen/Qwen3-1.7B:DashScope" }));
  expect(readout).toMatchObject({
    errorCode: "model_unavailable",
    errorText: "Incorrect API key provided.",
  });
  const [token] = await rowsOf(`select state from "ModelScopeToken" where "userId" = $1`, [
    user.id,
  ]);
  expect(token?.state).toBe("valid");
  expect(await rowsOf(`select model from "WithdrawnModel"`)).toEqual([]);
});
