import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { POST as cancel } from "@/app/api/images/[id]/cancel/route";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { DELETE as deleteImage, GET as getImage } from "@/app/api/images/[id]/route";
import { POST as createImage, GET as listImages } from "@/app/api/images/route";
import { getSettings } from "@/lib/server/env";
import { advanceImage, takeDueImage } from "@/lib/server/services/image-task";
import { IMAGE_PARAMS } from "@/lib/shared/image-params";
import type { ImageView } from "@/lib/shared/schemas/image";
import {
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

const SUBMIT_PATH = "/v1/images/generations";
const MODEL = "Tongyi-MAI/Z-Image-Turbo";

function order(user: TestUser | null, change: object = {}, key: string = crypto.randomUUID()) {
  const body = { model: MODEL, prompt: "A golden cat", size: "512x512", ...change };
  return call(createImage, { method: "POST", user, body, headers: { "idempotency-key": key } });
}

async function ordered(user: TestUser, change: object = {}): Promise<ImageView> {
  const response = await order(user, change);
  expect(response.status).toBe(202);
  return ((await response.json()) as { image: ImageView }).image;
}

async function read(user: TestUser, id: string): Promise<ImageView> {
  const response = await call(getImage, { user, params: { id } });
  return ((await response.json()) as { image: ImageView }).image;
}

const ENDED = ["done", "failed", "unknown", "needs_token", "cancelled"];

/** Makes the due steps, as the background worker does, until the picture has ended. */
async function untilEnded(user: TestUser, id: string): Promise<ImageView> {
  return waitFor(async () => {
    const image = await read(user, id);
    if (ENDED.includes(image.status)) return image;
    const task = await takeDueImage(id);
    if (task) await advanceImage(task);
    return null;
  });
}

const ledgerRow = async (id: string) =>
  (await rowsOf(`select * from "UsageEntry" where "imageId" = $1`, [id]))[0];
const filesOnDisk = () => {
  const directory = path.join(getSettings().DATA_DIR, "files/images");
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
};

describe("a picture that goes well", () => {
  it("is submitted once, polled, copied, stored and booked", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { seed: 0 });
    const image = await untilEnded(user, id);
    expect(image).toMatchObject({
      status: "done",
      width: 512,
      height: 512,
      mediaType: "image/png",
      usedSeed: 0,
    });
    const file = await call(getFile, { user, params: { id } });
    expect(file.headers.get("content-type")).toBe("image/png");
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...bytes.slice(1, 4)]).toEqual([..."PNG"].map((c) => c.charCodeAt(0)));
    expect(bytes.byteLength).toBe(image.sizeBytes);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect(await ledgerRow(id)).toMatchObject({ status: "complete", isCall: true, kind: "image" });
    const list = await (await call(listImages, { user })).json();
    expect(list.images.map((row: ImageView) => row.id)).toEqual([id]);
  });

  it("never names ModelScope's own address of the picture", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    const text = await (await call(getImage, { user, params: { id } })).text();
    expect(text).not.toContain("/img/");
    expect(text).not.toContain(new URL(getSimulator().url).host);
    expect(text).not.toContain("taskId");
  });

  it("differs with the seed and is the same with the same seed", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const bytesOf = async (seed: number) => {
      const { id } = await ordered(user, { seed });
      await untilEnded(user, id);
      return Buffer.from(
        await (await call(getFile, { user, params: { id } })).arrayBuffer(),
      ).toString("base64");
    };
    const [a, b, c] = [await bytesOf(1), await bytesOf(2), await bytesOf(1)];
    expect(a).not.toBe(b);
    expect(a).toBe(c);
  });
});

describe("what is sent", () => {
  const values: Record<string, string | number> = {
    negativePrompt: "blurry",
    size: "512x768",
    steps: 1,
    guidance: 1.5,
    seed: 0,
  };
  it("has every parameter under its wire name when all are set", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, values);
    await untilEnded(user, id);
    const wire = Object.fromEntries(IMAGE_PARAMS.map(({ key, wire }) => [wire, values[key]]));
    expect(requestsTo(SUBMIT_PATH)[0]?.body).toEqual({
      model: MODEL,
      prompt: "A golden cat",
      ...wire,
    });
    expect(requestsTo(SUBMIT_PATH)[0]?.headers["x-modelscope-async-mode"]).toBe("true");
  });

  it("has nothing but model and prompt when nothing is set", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { size: undefined });
    await untilEnded(user, id);
    expect(requestsTo(SUBMIT_PATH)[0]?.body).toEqual({ model: MODEL, prompt: "A golden cat" });
  });

  const refused: [string, object, string][] = [
    ["steps 0", { steps: 0 }, "steps"],
    ["steps 101", { steps: 101 }, "steps"],
    ["guidance 1.4", { guidance: 1.4 }, "guidance"],
    ["guidance 20.1", { guidance: 20.1 }, "guidance"],
    ["seed -1", { seed: -1 }, "seed"],
    ["seed 2^31", { seed: 2 ** 31 }, "seed"],
    ["half a seed", { seed: 0.5 }, "seed"],
    ["a seed as text", { seed: "1" }, "seed"],
    ["a size below the family's", { size: "511x512" }, "size"],
    ["a size above the family's", { size: "512x2049" }, "size"],
    ["a size of another form", { size: "512*512" }, "size"],
    ["no prompt", { prompt: "" }, "prompt"],
    ["blanks as prompt", { prompt: "   " }, "prompt"],
    ["a prompt of 2,000 characters", { prompt: "x".repeat(2_000) }, "prompt"],
    ["an unknown key", { n: 4 }, "n"],
    [
      "an edit model without a picture",
      { model: "Qwen/Qwen-Image-Edit-2511", size: "512x512" },
      "model",
    ],
  ];
  for (const [name, change, field] of refused) {
    it(`refuses ${name} before any call, with the field named`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const error = await errorOf(await order(user, change));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual([field]);
      expect(await rowsOf(`select id from "Image" where "userId" = $1`, [user.id])).toEqual([]);
      expect(requestsTo(SUBMIT_PATH)).toEqual([]);
    });
  }

  it("refuses a missing key and a missing token", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const body = { model: MODEL, prompt: "x" };
    const keyless = await errorOf(await call(createImage, { method: "POST", user, body }));
    expect(Object.keys(keyless.fields ?? {})).toEqual(["idempotency-key"]);
    expect(await errorOf(await order(await createUser()))).toMatchObject({
      status: 409,
      code: "token_missing",
    });
  });
});

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
      expect(await ledgerRow(id)).toMatchObject({ isCall, errorCode: code });
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
      expect(await read(user, id)).toMatchObject({ status: "polling", errorCode: null });
      await rowsOf(`update "Image" set "pollCount" = 60 where id = $1`, [id]);
      const image = await untilEnded(user, id);
      expect(image).toMatchObject({ status: "failed", errorCode: "image_copy_failed" });
      expect(await ledgerRow(id)).toMatchObject({ isCall: true });
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
    await waitFor(
      async () =>
        (await rowsOf(`select 1 from "Image" where id = $1 and "taskId" is not null`, [id])).length,
    );
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
    await waitFor(
      async () =>
        (await rowsOf(`select 1 from "Image" where id = $1 and status = 'submitted'`, [id])).length,
    );
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
    expect(filesOnDisk()).toContain(`${id}.png`);
    expect((await call(deleteImage, { method: "DELETE", user, params: { id } })).status).toBe(204);
    expect(filesOnDisk()).not.toContain(`${id}.png`);
    expect((await call(deleteImage, { method: "DELETE", user, params: { id } })).status).toBe(404);
    expect(await ledgerRow(id)).toMatchObject({ status: "complete", isCall: true });
  });

  it("leaves no file when it is deleted while it is being made", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await waitFor(
      async () =>
        (await rowsOf(`select 1 from "Image" where id = $1 and "taskId" is not null`, [id])).length,
    );
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    const task = await waitFor(() => takeDueImage(id));
    await call(deleteImage, { method: "DELETE", user, params: { id } });
    await advanceImage(task);
    expect(filesOnDisk()).not.toContain(`${id}.png`);
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
    expect((await read(owner, id)).status).toBe("done");
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
    expect(await ledgerRow(id)).toMatchObject({ status: "stopped", isCall: false });
  });

  it("pages through the gallery without gap or repeat", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await rowsOf(
      `insert into "Image" (id, "userId", "idempotencyKey", "bodyHash", model, prompt, status, "createdAt")
       select 'img_page' || g, $1, 'key' || g, 'x', 'a/b', 'p', 'failed', now() - (g / 3) * interval '1 s'
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
