import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET as checkModel } from "@/app/api/models/check/route";
import { GET as listModels } from "@/app/api/models/route";
import type { Model, ModelList } from "@/lib/shared/schemas/model";
import {
  breakPath,
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
import { forgetCatalogue, forgetServices } from "../support/catalogue";
import { readUiStream } from "../support/ui-stream";

const LIST = "/v1/models";
const SITE_LIST = "/api/v1/dolphin/models";
const PROVIDERS = "/api/v1/inference/list_model_providers";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const clocks = { wall: Date.now.bind(Date), steady: performance.now.bind(performance) };

/** Lets the test see both clocks this far in the future. */
function moveClocks(byMs: number): void {
  vi.spyOn(Date, "now").mockImplementation(() => clocks.wall() + byMs);
  vi.spyOn(performance, "now").mockImplementation(() => clocks.steady() + byMs);
}

let user: TestUser;
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
  forgetCatalogue();
});

const list = async (): Promise<ModelList> => (await call(listModels, { user })).json();
const find = async (id: string): Promise<Model | undefined> =>
  (await list()).models.find((model) => model.id === id);
const priceOf = async (id: string) => (await find(id))?.price;
/** Waits for the first reading: until then a copy may stand in for it. */
const untilLive = () => waitFor(async () => (await list()).source === "live");
const untilPriced = (id: string, price: number) =>
  waitFor(async () => (await untilLive()) && (await priceOf(id)) === price);

/** Moves the clocks to where the lists are old, and waits for the reading that follows. */
async function readAgain(byMs: number): Promise<void> {
  const readAt = (await list()).readAt ?? "";
  moveClocks(byMs);
  await waitFor(async () => ((await list()).readAt ?? "") > readAt);
}

describe("a catalogue that grows old", () => {
  it("is read anew after ten minutes, and told as a copy while that fails", async () => {
    await untilLive();
    breakPath(LIST);
    moveClocks(9 * MINUTE);
    expect((await list()).source).toBe("live");
    moveClocks(11 * MINUTE);
    await waitFor(async () => (await list()).source === "copy");
    expect((await list()).models.length).toBeGreaterThan(20);
    getSimulator().state.interceptors.clear();
    moveClocks(12 * MINUTE);
    await waitFor(async () => (await list()).source === "live");
    expect(requestsTo(LIST)).toHaveLength(3);
  });

  it("keeps prices and the site's words while only the lists of ids can be read", async () => {
    await untilPriced("Tencent-Hunyuan/Hy3", 1);
    const { name } = (await find("Tencent-Hunyuan/Hy3")) ?? {};
    expect(name).toEqual(expect.any(String));
    breakPath(SITE_LIST);
    breakPath(PROVIDERS);
    await readAgain(11 * MINUTE);
    expect(await find("Tencent-Hunyuan/Hy3")).toMatchObject({ name, price: 1 });
    const asked = requestsTo(PROVIDERS).length;
    await readAgain(7 * HOUR);
    const { models } = await list();
    await waitFor(async () => requestsTo(PROVIDERS).length >= asked + models.length);
    expect(await find("Tencent-Hunyuan/Hy3")).toMatchObject({ name, price: 1 });
  });

  it("asks for a price again when it is six hours old", async () => {
    await untilPriced("ZhipuAI/GLM-5.2", 2);
    getSimulator().state.interceptors.set(PROVIDERS, ({ response }) => {
      const Providers = [{ Name: "ModelScope", EstimatedMagicGrainCost: 3 }];
      response.end(JSON.stringify({ Data: { Providers } }));
    });
    await readAgain(5 * HOUR);
    expect(await priceOf("ZhipuAI/GLM-5.2")).toBe(2);
    moveClocks(7 * HOUR);
    await waitFor(async () => (await priceOf("ZhipuAI/GLM-5.2")) === 3);
    await rowsOf(`delete from "Setting" where key like 'catalogue:%'`);
  });

  it("looks an id up once in ten minutes", async () => {
    const looked: (string | null)[] = [];
    getSimulator().state.interceptors.set(PROVIDERS, ({ url, response }) => {
      looked.push(url.searchParams.get("ModelId"));
      const Providers = [{ Name: "DashScope" }, { Name: "ModelScope", EstimatedMagicGrainCost: 1 }];
      response.end(JSON.stringify({ Data: { Providers } }));
    });
    const path = `/api/models/check?id=${encodeURIComponent("Qwen/Qwen3-1.7B:DashScope")}`;
    const check = () => call(checkModel, { user, path });
    const lookups = () => looked.filter((id) => id === "Qwen/Qwen3-1.7B").length;
    for (const [byMs, times] of [
      [0, 1],
      [9 * MINUTE, 1],
      [11 * MINUTE, 2],
    ] as const) {
      moveClocks(byMs);
      expect((await check()).status).toBe(200);
      expect(lookups()).toBe(times);
    }
  });
});

describe("a withdrawn model", () => {
  const withdraw = (site: string, model: string, ago: string) =>
    rowsOf(`insert into "WithdrawnModel" values ($1, $2, now() - $3::interval)`, [
      site,
      model,
      ago,
    ]);
  const withdrawn = () => rowsOf(`select site, model from "WithdrawnModel"`);
  beforeEach(() => rowsOf(`delete from "WithdrawnModel"`));

  it("is called again once the site serves it, asked after an hour", async () => {
    const model = "Qwen/Qwen3-8B";
    await withdraw("cn", model, "59 min");
    expect((await errorOf(await ask(user, { model }))).fields?.model).toMatch(/\d{4}-\d\d-\d\d/);
    expect(await withdrawn()).toHaveLength(1);
    await rowsOf(`update "WithdrawnModel" set "withdrawnAt" = now() - interval '61 min'`);
    expect((await readUiStream(await ask(user, { model }))).readout.status).toBe("complete");
    expect(await withdrawn()).toEqual([]);
  });

  it("stays withdrawn while nobody serves it, or nobody can be asked", async () => {
    await withdraw("cn", "moonshotai/Kimi-K2.6", "2 days");
    await withdraw("cn", "Qwen/Qwen3-8B", "2 days");
    expect((await errorOf(await ask(user, { model: "moonshotai/Kimi-K2.6" }))).status).toBe(400);
    breakPath(PROVIDERS);
    expect((await errorOf(await ask(user, { model: "Qwen/Qwen3-8B" }))).status).toBe(400);
    expect(await withdrawn()).toHaveLength(2);
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });

  it("of the other site is no matter here", async () => {
    await withdraw("ai", "Qwen/Qwen3-8B", "1 min");
    expect(await find("Qwen/Qwen3-8B")).toMatchObject({ state: "listed", withdrawnAt: null });
    expect((await readUiStream(await ask(user, { model: "Qwen/Qwen3-8B" }))).readout.status).toBe(
      "complete",
    );
  });
});

describe("the site's own list", () => {
  type Question = { Criterion: [{ values: [string] }]; PageNumber: number; PageSize: number };
  /** Answers with what `toNames` has for a task, page by page; the number of pages that were asked. */
  function answerSite(toNames: (task: string) => string[]): () => number {
    let pages = 0;
    getSimulator().state.interceptors.set(SITE_LIST, ({ body, response }) => {
      const { Criterion, PageNumber, PageSize } = body as Question;
      const names = toNames(Criterion[0].values[0]);
      const page = names.slice((PageNumber - 1) * PageSize, PageNumber * PageSize);
      if (names.length > 0) pages += 1;
      const Models = page.map((Name) => ({ Path: "site", Name }));
      response.end(JSON.stringify({ Data: { Model: { Models, TotalCount: names.length } } }));
    });
    return () => pages;
  }
  const found = async () =>
    (await untilLive()) && (await list()).models.filter(({ id }) => id.startsWith("site/"));
  beforeEach(() => rowsOf(`delete from "Setting" where key like 'catalogue:%'`));

  const sizes = [
    [30, 30, 1],
    [31, 31, 2],
    [200, 120, 4],
  ] as const;
  for (const [total, taken, pages] of sizes) {
    it(`of ${total} models is read in ${pages} page(s), ${taken} models`, async () => {
      const names = Array.from({ length: total }, (_, at) => `m${at}`);
      const asked = answerSite((task) => (task === "text-generation" ? names : []));
      expect([(await found()).length, asked()]).toEqual([taken, pages]);
    });
  }

  it("gives a model the kinds of all its tasks", async () => {
    answerSite((task) => (/image-synthesis|image-to-image/.test(task) ? ["both"] : []));
    expect(await found()).toMatchObject([{ id: "site/both", kinds: ["image", "edit"] }]);
  });
});

it("a price that is none is not known", async () => {
  for (const [cost, price] of [
    [0.5, 0.5],
    [1_001, null],
    [-1, null],
    ["1", null],
  ]) {
    forgetServices();
    getSimulator().state.interceptors.set(PROVIDERS, ({ response }) => {
      const Providers = [{ Name: "ModelScope", EstimatedMagicGrainCost: cost }];
      response.end(JSON.stringify({ Data: { Providers } }));
    });
    const response = await call(checkModel, { user, path: "/api/models/check?id=someone/new" });
    expect((await response.json()).model).toMatchObject({ state: "unlisted", price });
  }
});
