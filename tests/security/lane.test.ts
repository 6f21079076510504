import { afterEach, describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { sweepLostRuns } from "@/lib/server/services/sweep";
import {
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { followRun, runIdOf, runRowOf, stopRun } from "../support/runs";
import { readUiStream } from "../support/ui-stream";

const before = { ...getSettings() };
afterEach(() => {
  Object.assign(getSettings(), before);
});

const ENDLESS = { model: "simulator/endless" };

/** A call that runs until it is stopped. */
async function occupy(user: TestUser): Promise<string> {
  const response = await ask(user, ENDLESS);
  await response.body?.cancel();
  const id = runIdOf(response);
  await waitFor(async () => (await runRowOf(id))?.calledAt);
  return id;
}

const laneOf = ({ id }: TestUser) => rowsOf(`select from "LaneEntry" where "userId" = $1`, [id]);

const placesOf = (parts: { type: string; data?: unknown }[]) =>
  parts.flatMap(({ type, data }) => {
    const { place } = (data ?? {}) as { place?: number };
    return type === "data-status" && place !== undefined ? [place] : [];
  });

describe("LIM-01 one call of a token at a time", () => {
  it("the others wait, are told their place, and go in the order they came", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await occupy(user);
    const second = await ask(user, { message: { text: "second" } });
    const third = await ask(user, { message: { text: "third" } });
    const reading = Promise.all([readUiStream(second), readUiStream(third)]);
    await waitFor(async () => (await laneOf(user)).length === 3);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    await stopRun(user, first);
    const [b, c] = await reading;
    expect(placesOf(b.parts)).toEqual([1]);
    expect(placesOf(c.parts)).toEqual([2, 1]);
    expect([b.readout.status, c.readout.status]).toEqual(["complete", "complete"]);
    const asked = requestsTo(CHAT_PATH).map(({ body }) => JSON.stringify(body));
    expect(asked[1]).toContain("second");
    expect(asked[2]).toContain("third");
    const [rowB, rowC] = [await runRowOf(b.readout.runId), await runRowOf(c.readout.runId)];
    expect((rowC?.calledAt as Date) >= (rowB?.endedAt as Date)).toBe(true);
    expect(c.readout.queuedMs).toBeGreaterThan(500);
    expect(c.readout.totalMs).toBeLessThan(c.readout.queuedMs ?? 0);
    expect(await laneOf(user)).toEqual([]);
  });

  it("a call of another token does not wait", async () => {
    const [busy, other] = [
      await createUser({ token: HEALTHY_TOKEN }),
      await createUser({ token: HEALTHY_TOKEN }),
    ];
    const first = await occupy(busy);
    const { parts, readout } = await readUiStream(await ask(other));
    expect([readout.status, placesOf(parts)]).toEqual(["complete", []]);
    await stopRun(busy, first);
  });

  it("one that is stopped while it waits was never sent and is an attempt", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await occupy(user);
    const waiting = await ask(user);
    const id = runIdOf(waiting);
    expect((await stopRun(user, id)).status).toBe(204);
    expect((await readUiStream(waiting)).readout).toMatchObject({
      status: "stopped",
      queuedMs: null,
    });
    expect(await ledgerRowOf(id)).toMatchObject({ status: "stopped", isCall: false });
    expect(requestsTo(CHAT_PATH)).toHaveLength(1);
    await stopRun(user, first);
  });

  it("the place of a call that was stopped is free within a second", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await occupy(user);
    const waiting = await ask(user);
    const stoppedMs = Date.now();
    await stopRun(user, first);
    const called = await waitFor(async () => (await runRowOf(runIdOf(waiting)))?.calledAt);
    expect((called as Date).getTime() - stoppedMs).toBeLessThan(1_000);
    await waiting.body?.cancel();
  });

  it("a place whose process died is free when its lease is over", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await rowsOf(
      `insert into "LaneEntry" (id, "userId", "enteredAt", "leaseUntil") values ('dead', $1, now(), now() + interval '1 s')`,
      [user.id],
    );
    const startedMs = Date.now();
    const { readout } = await readUiStream(await ask(user));
    expect(readout.status).toBe("complete");
    expect(readout.queuedMs).toBeGreaterThan(700);
    expect(Date.now() - startedMs).toBeLessThan(5_000);
    await sweepLostRuns({ all: false });
    expect(await rowsOf(`select from "LaneEntry" where id = 'dead'`)).toEqual([]);
  });

  it("a run that lost its place takes a new one", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await occupy(user);
    const waiting = await ask(user);
    await rowsOf(`delete from "LaneEntry" where id = $1`, [runIdOf(waiting)]);
    await stopRun(user, first);
    expect((await readUiStream(waiting)).readout.status).toBe("complete");
  });

  it("past 32 the next is refused before anything is written", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await rowsOf(
      `insert into "LaneEntry" (id, "userId", "leaseUntil")
       select $1 || g, $1, now() + interval '1 min' from generate_series(1, 32) g`,
      [user.id],
    );
    const error = await errorOf(await ask(user));
    expect(error).toMatchObject({ status: 429, code: "lane_full" });
    expect(await rowsOf(`select from "Run" where "userId" = $1`, [user.id])).toEqual([]);
  });

  it("many at once are never two at ModelScope", async () => {
    const { options } = getSimulator().state;
    options.concurrency = 1;
    const user = await createUser({ token: HEALTHY_TOKEN });
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(user)));
    const read = await Promise.all(answers.map(readUiStream));
    options.concurrency = Number.POSITIVE_INFINITY;
    expect(read.map(({ readout }) => readout.status)).toEqual(Array(12).fill("complete"));
    expect(requestsTo(CHAT_PATH)).toHaveLength(12);
  });
});

it("a run that waits is followed like every other, and its reader sees the end", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const first = await occupy(user);
  const waiting = await ask(user);
  await waitFor(async () => (await laneOf(user)).length === 2);
  const second = readUiStream(await followRun(user, runIdOf(waiting)));
  await stopRun(user, first);
  const [one, two] = await Promise.all([readUiStream(waiting), second]);
  expect(two.text).toBe(one.text);
  expect(two.readout).toEqual(one.readout);
});
