import { describe, expect, it } from "vitest";
import { POST as checkImage } from "@/app/api/images/[id]/check/route";
import { GET as getThumb } from "@/app/api/images/[id]/thumb/route";
import { GET as countImages } from "@/app/api/images/counts/route";
import {
  PATCH as changeImages,
  DELETE as deleteImages,
  GET as listImages,
} from "@/app/api/images/route";
import { POST as helpWithPrompt } from "@/app/api/prompts/help/route";
import { sniffFormat } from "@/lib/server/storage/picture";
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
} from "../support/api";
import { CHAT_PATH } from "../support/ask";
import {
  filesOnDisk,
  imageLedgerRowOf,
  imagesOf,
  ordered,
  orderedBatch,
  readImage,
  SUBMIT_PATH,
  untilAllEnded,
  untilEnded,
  untilSubmitted,
} from "../support/order";
import { uploaded } from "../support/upload";

const EDIT = "Qwen/Qwen-Image-Edit-2511";

async function listed(user: TestUser, query: Record<string, string>): Promise<ImageView[]> {
  const path = `/api/images?${new URLSearchParams(query)}`;
  return (await (await call(listImages, { user, path })).json()).images;
}

/** Finished pictures that nobody made, for lists. */
async function filled(
  user: TestUser,
  rows: { prompt: string; model?: string; seed?: number; at?: string }[],
) {
  for (const [index, { prompt, model = "a/b", seed = null, at = null }] of rows.entries()) {
    await rowsOf(
      `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt,
         status, "usedSeed", "createdAt")
       values ($1, $1, $2, $1, 'x', $3, $4, 'done', $5, coalesce($6::timestamptz, now()))`,
      [`img_${user.id.slice(4, 12)}${index}`, user.id, model, prompt, seed, at],
    );
  }
}

describe("the gallery is narrowed", () => {
  it("to letters of prompt, model or seed, and every sign of them is itself", async () => {
    const user = await createUser();
    await filled(user, [
      { prompt: "Ein 100% rotes_Boot" },
      { prompt: "a BLUE boat", model: "Qwen/Qwen-Image" },
      { prompt: "水墨远山", seed: 4711 },
    ]);
    const found = async (q: string) => (await listed(user, { q })).map(({ prompt }) => prompt);
    expect(await found("blue")).toEqual(["a BLUE boat"]);
    expect(await found("100%")).toEqual(["Ein 100% rotes_Boot"]);
    expect(await found("_Boot")).toEqual(["Ein 100% rotes_Boot"]);
    expect(await found("%")).toHaveLength(1);
    expect(await found("远山")).toEqual(["水墨远山"]);
    expect(await found("qwen-image")).toEqual(["a BLUE boat"]);
    expect(await found("4711")).toEqual(["水墨远山"]);
    expect(await found("\\")).toEqual([]);
  });

  it("to a model, and to days", async () => {
    const user = await createUser();
    await filled(user, [
      { prompt: "old", at: "2026-10-01T12:00:00Z" },
      { prompt: "new", at: "2026-11-01T12:00:00Z", model: "c/d" },
    ]);
    const names = async (query: Record<string, string>) =>
      (await listed(user, query)).map(({ prompt }) => prompt);
    expect(await names({ model: "c/d" })).toEqual(["new"]);
    expect(await names({ from: "2026-10-15T00:00:00.000Z" })).toEqual(["new"]);
    expect(await names({ to: "2026-10-15T00:00:00.000Z" })).toEqual(["old"]);
    expect(
      await names({ from: "2026-10-01T12:00:00.000Z", to: "2026-11-01T12:00:00.000Z" }),
    ).toEqual(["old"]);
  });

  it("to favourites, which are the owner's to give and to take", async () => {
    const [user, other] = [await createUser(), await createUser()];
    await filled(user, [{ prompt: "one" }, { prompt: "two" }]);
    await filled(other, [{ prompt: "theirs" }]);
    const [own, theirs] = [await imagesOf(user), await imagesOf(other)];
    const star = (ids: string[], isFavourite = true) =>
      call(changeImages, { method: "PATCH", user, body: { ids, isFavourite } });
    const [first = "", second = ""] = own.map(({ id }) => id);
    expect((await star([first, theirs[0]?.id ?? ""])).status).toBe(404);
    expect(await listed(user, { group: "favourite" })).toEqual([]);
    expect((await star([first, second, first])).status).toBe(204);
    expect((await star([second], false)).status).toBe(204);
    expect((await listed(user, { group: "favourite" })).map(({ id }) => id)).toEqual([first]);
    expect(await (await call(countImages, { user })).json()).toEqual({
      all: 2,
      active: 0,
      favourite: 1,
      attention: 0,
    });
  });
});

describe("deleting several", () => {
  it("takes files, small pictures and unused inputs along, or, with one that is not one's own, nothing", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const { id: input } = await uploaded(user);
    const kept = await ordered(user, { model: EDIT, uploads: [input] });
    await untilEnded(user, kept.id);
    const [gone] = await orderedBatch(user, { model: EDIT, uploads: [input], count: 1 });
    await untilAllEnded(user);
    const theirs = await ordered(other);
    await untilEnded(other, theirs.id);
    const remove = (ids: (string | undefined)[]) =>
      call(deleteImages, { method: "DELETE", user, body: { ids } });
    expect((await remove([gone?.id, theirs.id])).status).toBe(404);
    expect(await imagesOf(user)).toHaveLength(2);
    expect((await remove([gone?.id, gone?.id])).status).toBe(204);
    const filesOf = (id = "") =>
      [...filesOnDisk(), ...filesOnDisk("thumbs")].filter((file) => file.includes(id));
    expect(filesOf(gone?.id)).toEqual([]);
    expect(filesOf(kept.id)).toHaveLength(2);
    expect(await rowsOf(`select id from "Upload" where id = $1`, [input])).toHaveLength(1);
    expect((await remove([kept.id])).status).toBe(204);
    expect(await rowsOf(`select id from "Upload" where id = $1`, [input])).toEqual([]);
    expect((await remove([kept.id])).status).toBe(404);
    expect((await readImage(other, theirs.id)).status).toBe("done");
  });
});

it("a small picture stands for the picture in lists, for its owner alone", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id } = await ordered(user, { size: "1024x768" });
  await untilEnded(user, id);
  const answer = await call(getThumb, { user, params: { id } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([answer.headers.get("content-type"), sniffFormat(bytes)]).toEqual(["image/webp", "webp"]);
  const { default: sharp } = await import("sharp");
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 512, height: 384 });
  expect((await call(getThumb, { user: await createUser(), params: { id } })).status).toBe(404);
});

describe("a picture that was given up", () => {
  it("is asked for again where ModelScope has it, and comes with one submit and one row", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    await rowsOf(
      `update "Image" set "submittedAt" = now() - interval '11 min', "nextActionAt" = now() where id = $1`,
      [id],
    );
    expect(await untilEnded(user, id)).toMatchObject({
      status: "unknown",
      errorCode: "image_timeout",
      canCheck: true,
    });
    const check = async (by = user) =>
      (await call(checkImage, { method: "POST", user: by, params: { id } })).json();
    // Still not done: unknown as before.
    expect((await check()).image).toMatchObject({ status: "unknown", canCheck: true });
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    expect((await check(await createUser())).error.code).toBe("not_found");
    expect((await readImage(user, id)).status).toBe("unknown");
    expect((await check()).image).toMatchObject({ status: "done", canCheck: false });
    expect((await check()).image.status).toBe("done");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect(await imageLedgerRowOf(id)).toMatchObject({ status: "complete", isCall: true });
  });

  it("is not asked for where nobody knows its task, and never submitted again", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[reset]" });
    expect(await untilEnded(user, id)).toMatchObject({ status: "unknown", canCheck: false });
    const answer = await call(checkImage, { method: "POST", user, params: { id } });
    expect((await answer.json()).image.status).toBe("unknown");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });
});

describe("help with a prompt", () => {
  it("is one short call that is booked, and answers the prompt alone", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const body = { kind: "translate", prompt: "水墨远山" };
    const answer = await (await call(helpWithPrompt, { method: "POST", user, body })).json();
    expect(answer.prompt.length).toBeGreaterThan(0);
    const [sent] = requestsTo(CHAT_PATH);
    expect(JSON.stringify(sent?.body)).toContain("水墨远山");
    expect(Object(sent?.body).model).toBe(answer.model);
    const rows = await rowsOf(`select status, "isCall" from "UsageEntry" where "userId" = $1`, [
      user.id,
    ]);
    expect(rows).toEqual([{ status: "complete", isCall: true }]);
  });

  it("is refused without a token, without a prompt and for what we do not offer", async () => {
    const user = await createUser();
    const ask = (body: object) => call(helpWithPrompt, { method: "POST", user, body });
    expect(await errorOf(await ask({ kind: "translate", prompt: "x" }))).toMatchObject({
      code: "token_missing",
    });
    for (const body of [
      { kind: "translate", prompt: " " },
      { kind: "shorten", prompt: "x" },
      { kind: "improve", prompt: "x".repeat(2_000) },
    ]) {
      expect((await ask(body)).status).toBe(400);
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });
});
