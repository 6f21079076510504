import { describe, expect, it } from "vitest";
import { DELETE as deleteImages } from "@/app/api/images/route";
import { call, createUser, errorOf, HEALTHY_TOKEN, requestsTo, rowsOf } from "../support/api";
import { gridOf, orderGrid, runMissing, THREE_BY_THREE } from "../support/grid";
import { order, readImage, SUBMIT_PATH, untilAllEnded, untilEnded } from "../support/order";

describe("CRA-06: one click, whatever becomes of its answer", () => {
  it("twice in parallel, again after the end, with another body, by another user, a day later", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const idOf = async (response: Response) =>
      ((await response.json()) as { image: { id: string } }).image.id;
    const [first, second] = await Promise.all([order(user, {}, key), order(user, {}, key)]);
    const id = await idOf(first);
    expect(await idOf(second)).toBe(id);
    await untilEnded(user, id);
    expect(await idOf(await order(user, {}, key))).toBe(id);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect(await errorOf(await order(user, { seed: 1 }, key))).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const foreign = await idOf(await order(other, {}, key));
    expect(foreign).not.toBe(id);
    await untilEnded(other, foreign);
    await rowsOf(`update "Image" set "createdAt" = now() - interval '25 hours' where id = $1`, [
      id,
    ]);
    const late = await idOf(await order(user, {}, key));
    expect(late).not.toBe(id);
    await untilEnded(user, late);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
    expect((await readImage(user, id)).status).toBe("done");
  });

  it("at the same time with other bodies: one is made, the others are refused, nothing of theirs is written", async () => {
    for (let round = 0; round < 5; round += 1) {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const key = crypto.randomUUID();
      const counts = [1, 4, 2, 3];
      const answers = await Promise.all(counts.map((count) => order(user, { count }, key)));
      const taken = answers.findIndex(({ status }) => status === 202);
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 422, 422, 422]);
      const rows = await rowsOf(`select id from "Image" where "userId" = $1`, [user.id]);
      expect(rows).toHaveLength(counts[taken] ?? 0);
      await rowsOf(`delete from "User" where id = $1`, [user.id]);
    }
  });

  it("after its first picture was deleted: those that are left", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const { images } = (await (await order(user, { count: 3 }, key)).json()) as {
      images: { id: string }[];
    };
    await untilAllEnded(user);
    await call(deleteImages, { method: "DELETE", user, body: { ids: [images[0]?.id] } });
    const again = await order(user, { count: 3 }, key);
    expect(again.status).toBe(202);
    expect(((await again.json()) as { images: object[] }).images).toHaveLength(2);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
  });

  it("a grid's, too", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const key = crypto.randomUUID();
    const grid = await gridOf(await orderGrid(user, { ...THREE_BY_THREE, budget: 1 }));
    const answers = await Promise.all(
      [1, 2].map(() => runMissing(user, grid.id, { budget: 2 }, key)),
    );
    for (const answer of answers) expect((await gridOf(answer)).missing).toHaveLength(6);
    expect((await runMissing(user, grid.id, { budget: 3 }, key)).status).toBe(422);
    await untilAllEnded(user);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(3);
    // Without a seed the grid draws one: the same for both who ask at once.
    const steps = { order: THREE_BY_THREE.order, x: { key: "steps", values: [7, 8] } };
    const twin = crypto.randomUUID();
    const [left, right] = await Promise.all(
      [1, 2].map(async () => gridOf(await orderGrid(user, steps, twin))),
    );
    expect(left?.id).toBe(right?.id);
    await untilAllEnded(user);
    const seeds = await rowsOf(
      `select distinct parameters->>'seed' as seed from "Image" where "gridId" = $1`,
      [left?.id],
    );
    expect(seeds).toEqual([{ seed: String(left?.plan.order.seed) }]);
    const one = { ...THREE_BY_THREE, y: undefined, budget: 1 };
    const other = { ...one, order: { ...one.order, prompt: "A dog" } };
    const rival = crypto.randomUUID();
    const made = await Promise.all([orderGrid(user, one, rival), orderGrid(user, other, rival)]);
    expect(made.map(({ status }) => status).sort()).toEqual([202, 422]);
    await untilAllEnded(user);
    await rowsOf(
      `update "ImageGrid" set "createdAt" = now() - interval '25 hours' where "idempotencyKey" = $1`,
      [rival],
    );
    await rowsOf(
      `update "Image" set "createdAt" = now() - interval '25 hours' where "idempotencyKey" = $1`,
      [rival],
    );
    expect((await orderGrid(user, { ...one, budget: 2 }, rival)).status).toBe(202);
    await untilAllEnded(user);
  });
});
