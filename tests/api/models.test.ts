import { beforeEach, describe, expect, it } from "vitest";
import { PUT as setFavourite } from "@/app/api/models/favourites/route";
import { GET as listModels } from "@/app/api/models/route";
import type { Model, ModelList } from "@/lib/shared/schemas/model";
import {
  breakPath,
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_MODEL } from "../support/ask";
import { forgetCatalogue } from "../support/catalogue";
import { readUiStream } from "../support/ui-stream";

const LIST = "/v1/models";
const SITE_LIST = "/api/v1/dolphin/models";

const list = async (user: TestUser, query = ""): Promise<ModelList> =>
  (await call(listModels, { user, path: `/api/models${query}` })).json();
const find = async (user: TestUser, id: string): Promise<Model | undefined> =>
  (await list(user)).models.find((model) => model.id === id);
let user: TestUser;
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
});

describe("the catalogue", () => {
  it("joins both lists with what is known of the families", async () => {
    forgetCatalogue();
    const { models, source, readAt } = await list(user);
    expect([source, readAt !== null]).toEqual(["live", true]);
    const of = (id: string) => models.find((model) => model.id === id);
    expect(of("Qwen/Qwen3.5-35B-A3B")).toMatchObject({
      kinds: ["chat", "vision"],
      reasoning: true,
      thinking: { canSwitch: true, canBudget: true },
      state: "listed",
      image: null,
    });
    expect(of("stepfun-ai/Step-3.7-Flash")).toMatchObject({
      reasoning: true,
      thinking: { canSwitch: false },
    });
    expect(of("Tongyi-MAI/Z-Image-Turbo")).toMatchObject({
      kinds: ["image"],
      image: { minSide: 512, maxSide: 2048, maxLoras: 6, maxInputs: 0 },
    });
    expect(of("Qwen/Qwen-Image-Edit-2511")).toMatchObject({
      kinds: ["edit"],
      image: { maxInputs: 3 },
    });
    // Of no family: the site's own list tells what it is.
    expect(of("Tencent-Hunyuan/Hy3")).toMatchObject({ kinds: ["chat"], reasoning: false });
  });

  it("learns the prices behind everybody's back, half Magicubes too", async () => {
    forgetCatalogue();
    await list(user);
    await waitFor(async () => (await find(user, "Qwen/Qwen3-8B"))?.price === 0.5);
    await waitFor(async () => (await find(user, "Tongyi-MAI/Z-Image-Turbo"))?.price === 1);
    expect((await find(user, "deepseek-ai/DeepSeek-V4-Pro"))?.price).toBe(2);
    const { readout } = await readUiStream(await ask(user, { model: "Qwen/Qwen3-8B" }));
    const [entry] = await rowsOf(`select * from "UsageEntry" where "runId" = $1`, [readout.runId]);
    expect(entry).toMatchObject({ priceHalfCredits: 1, priceSource: "listed" });
  });

  it("filters by kind and finds by part of an id, whatever the case", async () => {
    const edit = await list(user, "?kind=edit");
    expect(edit.models.length).toBeGreaterThan(0);
    expect(edit.models.every(({ kinds }) => kinds.includes("edit"))).toBe(true);
    const found = await list(user, "?search=GLM-5.2");
    expect(found.models.map(({ id }) => id)).toEqual(["ZhipuAI/GLM-5.2"]);
    expect((await list(user, "?search=glm-5.2")).models).toEqual(found.models);
    expect((await list(user, `?search=${encodeURIComponent("%")}`)).models).toEqual([]);
    expect((await call(listModels, { user, path: "/api/models?kind=video" })).status).toBe(400);
  });

  it("is read once for many, and again only when it is old", async () => {
    forgetCatalogue();
    getSimulator().state.requests.length = 0;
    await Promise.all(Array.from({ length: 10 }, () => list(user)));
    await list(user);
    expect(requestsTo(LIST)).toHaveLength(1);
  });

  it("goes on with the last copy while ModelScope cannot be reached, also after a restart", async () => {
    forgetCatalogue();
    await list(user);
    await waitFor(
      async () => (await rowsOf(`select 1 from "Setting" where key = 'catalogue:cn'`)).length,
    );
    forgetCatalogue();
    breakPath(LIST);
    const first = await list(user);
    expect([first.source, first.models.length > 20]).toEqual(["copy", true]);
    expect(first.readAt).not.toBeNull();
    expect((await readUiStream(await ask(user))).readout.status).toBe("complete");
  });

  it("has a small list of its own where nothing was ever read", async () => {
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
    forgetCatalogue();
    breakPath(LIST);
    const { source, models, readAt } = await list(user);
    expect([source, readAt]).toEqual(["builtin", null]);
    expect(models.map(({ id }) => id)).toContain("Qwen/Qwen3.5-35B-A3B");
    expect((await readUiStream(await ask(user, { model: CHAT_MODEL }))).readout.status).toBe(
      "complete",
    );
    forgetCatalogue();
  });

  it("believes the site that a model of a text family sees, and passes over odd entries", async () => {
    forgetCatalogue();
    const entry = (Path: string, Name: string) => ({ Path, Name, ChineseName: 5 });
    const site = (task: string) =>
      task === "image-text-to-text"
        ? [entry("ZhipuAI", "GLM-5.2"), entry("..", "x"), entry("a b", "c")]
        : [];
    getSimulator().state.interceptors.set(SITE_LIST, ({ body, response }) => {
      const [{ values }] = (body as { Criterion: [{ values: [string] }] }).Criterion;
      const Models = site(values[0]);
      response.end(JSON.stringify({ Data: { Model: { Models, TotalCount: Models.length } } }));
    });
    getSimulator().state.interceptors.set(LIST, ({ response }) => {
      response.end(
        JSON.stringify({
          data: [
            null,
            5,
            { id: 7 },
            { id: "../x" },
            { id: "ZhipuAI/GLM-5.2" },
            { id: "Qwen/Qwen3-Embedding-8B" },
          ],
        }),
      );
    });
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
    const { models } = await list(user, "?kind=vision");
    expect(models.map(({ id, kinds }) => [id, kinds])).toEqual([
      ["ZhipuAI/GLM-5.2", ["chat", "vision"]],
    ]);
    expect((await list(user, "?kind=chat")).models.map(({ id }) => id)).toEqual([
      "ZhipuAI/GLM-5.2",
    ]);
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
    forgetCatalogue();
  });

  it("takes an empty list for none", async () => {
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
    forgetCatalogue();
    getSimulator().state.interceptors.set(LIST, ({ response }) => {
      response.end(JSON.stringify({ object: "list", data: [] }));
    });
    expect((await list(user)).source).toBe("builtin");
    forgetCatalogue();
  });

  it("does without the site's list", async () => {
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
    forgetCatalogue();
    breakPath(SITE_LIST);
    const { source, models } = await list(user);
    expect([source, models.length > 20]).toEqual(["live", true]);
    forgetCatalogue();
  });
});

describe("favourites and recent models", () => {
  const mark = (owner: TestUser, model: string, isFavourite: boolean) =>
    call(setFavourite, { method: "PUT", user: owner, body: { model, isFavourite } });
  it("are each user's own", async () => {
    const other = await createUser({ token: HEALTHY_TOKEN });
    expect((await mark(user, "ZhipuAI/GLM-5.2", true)).status).toBe(204);
    expect((await mark(user, "ZhipuAI/GLM-5.2", true)).status).toBe(204);
    await readUiStream(await ask(user, { model: "Qwen/Qwen3.5-27B" }));
    expect((await find(user, "ZhipuAI/GLM-5.2"))?.isFavourite).toBe(true);
    expect((await find(user, "Qwen/Qwen3.5-27B"))?.lastUsedAt).not.toBeNull();
    expect((await find(other, "ZhipuAI/GLM-5.2"))?.isFavourite).toBe(false);
    expect((await find(other, "Qwen/Qwen3.5-27B"))?.lastUsedAt).toBeNull();
    await mark(user, "ZhipuAI/GLM-5.2", false);
    expect((await find(user, "ZhipuAI/GLM-5.2"))?.isFavourite).toBe(false);
  });

  it("a favourite that is listed nowhere stays in the list", async () => {
    await mark(user, "someone/gone", true);
    expect(await find(user, "someone/gone")).toMatchObject({
      state: "unlisted",
      isFavourite: true,
    });
  });

  it("are refused in other forms, and past 200", async () => {
    for (const body of [
      {},
      { model: "x", isFavourite: true },
      { model: "a/b", isFavourite: 1 },
      { model: "a/b", isFavourite: true, userId: "x" },
    ]) {
      expect((await call(setFavourite, { method: "PUT", user, body })).status).toBe(400);
    }
    await rowsOf(
      `insert into "FavouriteModel" ("userId", model) select $1, 'a/b' || n from generate_series(1, 200) n`,
      [user.id],
    );
    expect((await mark(user, "a/b", true)).status).toBe(400);
    expect((await mark(user, "a/b1", false)).status).toBe(204);
  });
});
