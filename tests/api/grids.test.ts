import { beforeEach, describe, expect, it } from "vitest";
import { GET as getGrid } from "@/app/api/grids/[id]/route";
import { POST as cancelImages } from "@/app/api/images/cancel/route";
import { DELETE as deleteImages } from "@/app/api/images/route";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { gridOf, orderGrid, readGrid, runMissing, THREE_BY_THREE } from "../support/grid";
import { SUBMIT_PATH, untilAllEnded } from "../support/order";
import { uploaded } from "../support/upload";

let user: TestUser;
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
});

const bodies = () => requestsTo(SUBMIT_PATH).map(({ body }) => body as Record<string, unknown>);

describe("a grid", () => {
  it("of 3 × 3 with a budget of 5: five cells are made and paid, four can be made later", async () => {
    const response = await orderGrid(user, { ...THREE_BY_THREE, budget: 5 });
    expect(response.status).toBe(202);
    const grid = await gridOf(response);
    expect(grid.missing).toEqual([5, 6, 7, 8]);
    expect(grid.missingPrice).toBe(4);
    expect(grid.images.map(({ gridCell }) => gridCell)).toEqual([0, 1, 2, 3, 4]);
    await untilAllEnded(user);
    expect(bodies().map(({ seed, steps }) => [seed, steps])).toEqual([
      [1, 7],
      [2, 7],
      [3, 7],
      [1, 8],
      [2, 8],
    ]);
    const rows = await rowsOf(
      `select "priceHalfCredits" as price from "UsageEntry" where "userId" = $1`,
      [user.id],
    );
    expect(rows.map(({ price }) => price)).toEqual([2, 2, 2, 2, 2]);
    expect((await runMissing(user, grid.id)).status).toBe(202);
    await untilAllEnded(user);
    const whole = await readGrid(user, grid.id);
    expect(whole.missing).toEqual([]);
    expect(whole.images.map(({ gridCell, status }) => [gridCell, status])).toEqual(
      Array.from({ length: 9 }, (_none, index) => [index, "done"]),
    );
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(9);
  });

  it("is the same under the same key, and another body under it is refused", async () => {
    const key = crypto.randomUUID();
    const plan = { ...THREE_BY_THREE, y: undefined };
    const answers = await Promise.all([1, 2, 3].map(() => orderGrid(user, plan, key)));
    const ids = await Promise.all(answers.map(async (answer) => (await gridOf(answer)).id));
    expect(new Set(ids).size).toBe(1);
    expect((await orderGrid(user, { ...plan, budget: 2 }, key)).status).toBe(422);
    await untilAllEnded(user);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
  });

  it("whose process died before its pictures were written goes on under the same key", async () => {
    const key = crypto.randomUUID();
    const plan = { ...THREE_BY_THREE, y: undefined };
    const grid = await gridOf(await orderGrid(user, plan, key));
    await untilAllEnded(user);
    await rowsOf(`delete from "Image" where "gridId" = $1`, [grid.id]);
    const again = await gridOf(await orderGrid(user, plan, key));
    expect(again.id).toBe(grid.id);
    expect(again.missing).toEqual([]);
    await untilAllEnded(user);
  });

  it("makes a missing cell once, of two who ask at the same time", async () => {
    const grid = await gridOf(await orderGrid(user, { ...THREE_BY_THREE, budget: 1 }));
    const answers = await Promise.all([1, 2, 3].map(() => runMissing(user, grid.id)));
    for (const answer of answers) expect(answer.status).toBe(202);
    await untilAllEnded(user);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(9);
    const [count] = await rowsOf(
      `select count(*)::int as n from "UsageEntry" where "userId" = $1`,
      [user.id],
    );
    expect(count?.n).toBe(9);
  });

  it("has cancelled, failed and deleted cells made anew, and no paid one", async () => {
    const order = { ...THREE_BY_THREE.order, prompt: "[slow]" };
    const grid = await gridOf(await orderGrid(user, { ...THREE_BY_THREE, order, budget: 4 }));
    const waiting = grid.images.filter(({ status }) => status === "new").map(({ id }) => id);
    await call(cancelImages, { method: "POST", user, body: { ids: waiting.slice(-1) } });
    const [, second, third] = grid.images;
    await rowsOf(
      `update "Image" set status = 'failed', "errorCode" = 'image_failed' where id = $1`,
      [second?.id],
    );
    await rowsOf(
      `update "Image" set status = 'failed', "errorCode" = 'image_copy_failed', "taskId" = 'x' where id = $1`,
      [third?.id],
    );
    expect((await readGrid(user, grid.id)).missing).toEqual([1, 3, 4, 5, 6, 7, 8]);
    await rowsOf(`update "Image" set status = 'done' where id = $1`, [grid.images[0]?.id]);
    await call(deleteImages, { method: "DELETE", user, body: { ids: [grid.images[0]?.id] } });
    expect((await readGrid(user, grid.id)).missing).toEqual([0, 1, 3, 4, 5, 6, 7, 8]);
  });

  it("does not make a cell again whose outcome nobody knows", async () => {
    const grid = await gridOf(await orderGrid(user, { ...THREE_BY_THREE, y: undefined }));
    await untilAllEnded(user);
    await rowsOf(
      `update "Image" set status = 'unknown', "errorCode" = 'upstream_down' where id = $1`,
      [grid.images[0]?.id],
    );
    expect((await readGrid(user, grid.id)).missing).toEqual([]);
  });

  it("ends with its last picture, and with it what went in", async () => {
    const upload = await uploaded(user);
    const order = { model: "Qwen/Qwen-Image-Edit-2511", prompt: "Red", uploads: [upload.id] };
    const plan = { order, x: { key: "seed", values: [1, 2] } };
    const grid = await gridOf(await orderGrid(user, plan));
    await untilAllEnded(user);
    const [first, second] = grid.images.map(({ id }) => id);
    const uploads = () => rowsOf(`select id from "Upload" where id = $1`, [upload.id]);
    await call(deleteImages, { method: "DELETE", user, body: { ids: [first] } });
    expect((await readGrid(user, grid.id)).missing).toEqual([0]);
    expect(await uploads()).toHaveLength(1);
    await call(deleteImages, { method: "DELETE", user, body: { ids: [second] } });
    expect((await call(getGrid, { user, params: { id: grid.id } })).status).toBe(404);
    expect(await uploads()).toEqual([]);
  });

  it("without a seed gives all its cells the same one", async () => {
    const { order } = THREE_BY_THREE;
    const plan = { order, x: { key: "steps", values: [7, 8, 9] } };
    const grid = await gridOf(await orderGrid(user, plan));
    await untilAllEnded(user);
    const seeds = new Set(bodies().map(({ seed }) => seed));
    expect(seeds.size).toBe(1);
    expect(grid.plan.order.seed).toBe([...seeds][0]);
  });

  it("of several models is priced by each", async () => {
    const plan = {
      order: THREE_BY_THREE.order,
      x: { key: "model", values: ["Tongyi-MAI/Z-Image-Turbo", "Qwen/Qwen-Image"] },
      budget: 1,
    };
    const grid = await gridOf(await orderGrid(user, plan));
    expect(grid.missing).toEqual([1]);
    await runMissing(user, grid.id);
    await untilAllEnded(user);
    expect(bodies().map(({ model }) => model)).toEqual(plan.x.values);
  });
});

describe("what is refused, with nothing written or sent", () => {
  const { order, x } = THREE_BY_THREE;
  const cases: [string, object, string][] = [
    ["a budget below one cell", { ...THREE_BY_THREE, budget: 0.5 }, "budget"],
    ["no budget at all", { ...THREE_BY_THREE, budget: 0 }, "budget"],
    ["the same side twice", { order, x, y: x }, "y"],
    ["a count beside a grid", { order: { ...order, count: 2 }, x }, "order.count"],
    ["a value out of bounds", { order, x: { key: "steps", values: [1e6] } }, "x.values.0"],
    ["a size the model does not make", { order, x: { key: "size", values: ["9x9"] } }, "x"],
  ];
  for (const [name, body, field] of cases) {
    it(name, async () => {
      const error = await errorOf(await orderGrid(user, body));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toContain(field);
      expect(requestsTo(SUBMIT_PATH)).toEqual([]);
      expect(await rowsOf(`select id from "ImageGrid" where "userId" = $1`, [user.id])).toEqual([]);
    });
  }

  it("IDR-04: another's grid is not there to be read or run", async () => {
    const grid = await gridOf(await orderGrid(user, { ...THREE_BY_THREE, budget: 1 }));
    const other = await createUser({ token: HEALTHY_TOKEN });
    await untilAllEnded(user);
    const before = requestsTo(SUBMIT_PATH).length;
    expect((await call(getGrid, { user: other, params: { id: grid.id } })).status).toBe(404);
    expect((await runMissing(other, grid.id)).status).toBe(404);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(before);
  });
});
