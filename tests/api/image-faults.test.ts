import { describe, expect, it } from "vitest";
import { POST as cancel } from "@/app/api/images/[id]/cancel/route";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { DELETE as deleteImage, GET as getImage } from "@/app/api/images/[id]/route";
import { GET as listImages } from "@/app/api/images/route";
import { PUT as putToken, DELETE as removeToken } from "@/app/api/token/route";
import { advanceImage } from "@/lib/server/services/image-task";
import type { ImageView } from "@/lib/shared/schemas/image";
import {
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
  filesOnDisk,
  imageLedgerRowOf,
  order,
  ordered,
  readImage,
  SUBMIT_PATH,
  takeDueImage,
  untilEnded,
  untilSubmitted,
} from "../support/order";

const filesOf = (id: string) => filesOnDisk().filter((file) => file.startsWith(`${id}_`));

describe("what goes wrong", () => {
  const cases = [
    { word: "failed", status: "failed", code: "image_failed", isCall: false },
    { word: "no-output", status: "failed", code: "image_failed", isCall: false },
    { word: "reset", status: "unknown", code: "image_unknown", isCall: false },
  ];
  for (const { word, status, code, isCall } of cases) {
    it(`[${word}] ends as ${status} after one submit, without a file`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const files = filesOnDisk().length;
      const { id } = await ordered(user, { prompt: `[${word}]` });
      const image = await untilEnded(user, id);
      expect(image).toMatchObject({ status, errorCode: code });
      expect(await imageLedgerRowOf(id)).toMatchObject({ isCall, errorCode: code });
      expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
      expect(filesOnDisk()).toHaveLength(files);
      expect((await call(getFile, { user, params: { id } })).status).toBe(404);
    });
  }

  for (const word of ["gone", "not-a-picture"]) {
    it(`[${word}]: the copy is tried again, then given up as paid`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { id } = await ordered(user, { prompt: `[${word}]` });
      await waitFor(
        async () =>
          (await rowsOf(`select 1 from "Image" where id = $1 and "taskId" is not null`, [id]))
            .length,
      );
      for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
      const task = await waitFor(() => takeDueImage(id));
      await advanceImage(task);
      // It is made, and holds up nobody while it is copied.
      expect(await readImage(user, id)).toMatchObject({ status: "fetching", errorCode: null });
      await rowsOf(`update "Image" set "pollCount" = 8 where id = $1`, [id]);
      const image = await untilEnded(user, id);
      expect(image).toMatchObject({ status: "failed", errorCode: "image_copy_failed" });
      expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: true });
    });
  }

  it("is never submitted again when the process died in the submit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    await rowsOf(
      `update "Image" set status = 'submitting', "taskId" = null, "nextActionAt" = now(), "leaseUntil" = now() - interval '1 s' where id = $1`,
      [id],
    );
    const image = await untilEnded(user, id);
    expect(image).toMatchObject({ status: "unknown", errorCode: "image_unknown" });
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });

  it("goes on after a restart from the stored task id", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    expect((await untilEnded(user, id)).status).toBe("done");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });

  it("tells a refused token and marks it", async () => {
    const user = await createUser({ token: "ms-00000000-0000-4000-8000-000000000099" });
    const { id } = await ordered(user);
    expect(await untilEnded(user, id)).toMatchObject({
      status: "failed",
      errorCode: "invalid_token",
    });
    const [token] = await rowsOf(`select state from "ModelScopeToken" where "userId" = $1`, [
      user.id,
    ]);
    expect(token?.state).toBe("invalid");
  });
});

describe("a paid picture is not lost", () => {
  it("rests without a token and goes on with the next one", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    await call(removeToken, { method: "DELETE", user });
    expect((await untilEnded(user, id)).status).toBe("needs_token");
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "open" });
    await call(putToken, { method: "PUT", user, body: { token: HEALTHY_TOKEN } });
    expect((await untilEnded(user, id)).status).toBe("done");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });

  it("under another token it becomes unknown after some polls, as a call, never failed", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    const token = "ms-00000000-0000-4000-8000-000000000008";
    await call(putToken, { method: "PUT", user, body: { token } });
    expect(await untilEnded(user, id)).toMatchObject({
      status: "unknown",
      errorCode: "image_lost",
    });
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "unknown", isCall: true });
  });

  it("is fetched after a long downtime, since a poll costs nothing", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    await rowsOf(`update "Image" set "submittedAt" = now() - interval '1 hour' where id = $1`, [
      id,
    ]);
    expect((await untilEnded(user, id)).status).toBe("done");
  });

  it("is unknown, as a call, when ten minutes were not enough", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    await rowsOf(`update "Image" set "submittedAt" = now() - interval '11 minutes' where id = $1`, [
      id,
    ]);
    expect(await untilEnded(user, id)).toMatchObject({
      status: "unknown",
      errorCode: "image_timeout",
    });
    expect(await imageLedgerRowOf(id)).toMatchObject({ isCall: true });
  });

  it("is booked when it is deleted while it is being made", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    await call(deleteImage, { method: "DELETE", user, params: { id } });
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "unknown", isCall: true });
  });
});

describe("never paid twice", () => {
  it("answers parallel clicks under one key with one picture and one submit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => order(user, {}, key)));
    const ids = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { image: ImageView }).image.id),
    );
    expect(new Set(ids).size).toBe(1);
    await untilEnded(user, ids[0] ?? "");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    const mismatch = await errorOf(await order(user, { prompt: "Another" }, key));
    expect(mismatch).toMatchObject({ status: 422, code: "idempotency_mismatch" });
  });

  it("hands a due picture to one worker only", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    await rowsOf(`update "Image" set "nextActionAt" = now() where id = $1`, [id]);
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeDueImage(id)));
    expect(taken.filter((task) => task !== null)).toHaveLength(1);
  });
});

describe("owning and deleting", () => {
  it("deletes the picture with its file; a second delete finds nothing", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    expect(filesOf(id)).toHaveLength(1);
    expect((await call(deleteImage, { method: "DELETE", user, params: { id } })).status).toBe(204);
    expect(filesOf(id)).toEqual([]);
    expect((await call(deleteImage, { method: "DELETE", user, params: { id } })).status).toBe(404);
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "complete", isCall: true });
  });

  it("leaves no file when it is deleted while it is being made", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    const task = await waitFor(() => takeDueImage(id));
    await call(deleteImage, { method: "DELETE", user, params: { id } });
    await advanceImage(task);
    expect(filesOf(id)).toEqual([]);
  });

  it("hides pictures of others like missing ones and uses nobody's token for them", async () => {
    const owner = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(owner);
    await untilEnded(owner, id);
    const before = getSimulator().state.requests.length;
    for (const handler of [getImage, getFile]) {
      expect((await call(handler, { user: other, params: { id } })).status).toBe(404);
    }
    expect(
      (await call(deleteImage, { method: "DELETE", user: other, params: { id } })).status,
    ).toBe(404);
    expect((await call(cancel, { method: "POST", user: other, params: { id } })).status).toBe(404);
    expect((await readImage(owner, id)).status).toBe("done");
    expect(getSimulator().state.requests).toHaveLength(before);
  });

  it("cancels what was not submitted and books it as no call", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    await rowsOf(`update "Image" set status = 'new' where id = $1`, [id]);
    await rowsOf(`update "UsageEntry" set status = 'open', "isCall" = false where "imageId" = $1`, [
      id,
    ]);
    const response = await call(cancel, { method: "POST", user, params: { id } });
    expect((await response.json()).image.status).toBe("cancelled");
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "stopped", isCall: false });
  });

  it("pages through the gallery without gap or repeat", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await rowsOf(
      `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt, status, "createdAt")
       select 'img_page' || g, 'img_page' || g, $1, 'key' || g, 'x', 'a/b', 'p', 'failed', now() - (g / 3) * interval '1 s'
       from generate_series(1, 60) g`,
      [user.id],
    );
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor ? `?cursor=${cursor}` : "";
      const page = await (await call(listImages, { user, path: `/api/images${query}` })).json();
      seen.push(...page.images.map((image: ImageView) => image.id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    const junk = await errorOf(await call(listImages, { user, path: "/api/images?cursor=junk" }));
    expect(junk).toMatchObject({ status: 400, code: "invalid_request" });
  });
});
