import { describe, expect, it, vi } from "vitest";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { getSettings } from "@/lib/server/env";
import { advanceImage } from "@/lib/server/services/image-task";
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
  ordered,
  readImage,
  SUBMIT_PATH,
  takeDueImage,
  untilAllEnded,
  untilEnded,
  untilSubmitted,
} from "../support/order";

const filesOf = (id: string) => filesOnDisk().filter((file) => file.startsWith(`${id}_`));
const leaseOf = async (id: string) => {
  const [row] = await rowsOf(
    `select extract(epoch from "leaseUntil" - now())::float as seconds from "Image" where id = $1`,
    [id],
  );
  return row?.seconds as number | null;
};

/** The picture as a worker would have taken it. */
async function taskOf(id: string): Promise<Parameters<typeof advanceImage>[0]> {
  const [row] = await rowsOf(
    `select id, "userId", status::text as status, model, prompt, parameters, "uploadIds", "taskId",
            "pollCount", "submitCount", "errorCode", "submittedAt", null as "priceHalfCredits"
     from "Image" where id = $1`,
    [id],
  );
  return row as Parameters<typeof advanceImage>[0];
}

describe("CRA-05: an instance that dies while it works on a picture", () => {
  it("holds it for less than a minute, by the database's clock; then another makes one copy", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[slow]" });
    await untilSubmitted(id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    // Taken by an instance whose clock is five seconds late, and which makes no step any more.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 5_000 });
    const dead = await waitFor(() => takeDueImage(id));
    vi.useRealTimers();
    expect(await leaseOf(id)).toBeGreaterThan(0);
    expect(await leaseOf(id)).toBeLessThan(60);
    expect(await takeDueImage(id)).toBeNull();
    await rowsOf(`update "Image" set "leaseUntil" = now() - interval '1 ms' where id = $1`, [id]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5_000 });
    expect((await untilEnded(user, id)).status).toBe("done");
    vi.useRealTimers();
    // It was only asleep: its step comes late, and changes nothing.
    await advanceImage(dead);
    expect(filesOf(id)).toHaveLength(1);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect(await rowsOf(`select id from "UsageEntry" where "imageId" = $1`, [id])).toHaveLength(1);
  });

  it("that was only asleep before its submit sends nothing, and undoes nothing of the other's", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    getSimulator().state.interceptors.set(SUBMIT_PATH, ({ response }) => {
      setTimeout(() => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ task_status: "SUCCEED", task_id: "4003503" }));
      }, 300);
    });
    const { id } = await ordered(user);
    await waitFor(async () => (await readImage(user, id)).status === "submitting");
    // What the sleeper holds is the picture as it was when it took it.
    const asleep = { ...(await taskOf(id)), status: "new" as const };
    await advanceImage(asleep);
    expect((await readImage(user, id)).status).toBe("submitting");
    await rowsOf(`update "Image" set "uploadIds" = '{upl_gone}' where id = $1`, [id]);
    await advanceImage({ ...asleep, uploadIds: ["upl_gone"] });
    expect((await readImage(user, id)).status).toBe("submitting");
    await untilSubmitted(id);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
  });

  it("a step that takes longer than a lease keeps it", async () => {
    const before = getSettings().RUN_LEASE_MS;
    getSettings().RUN_LEASE_MS = 150;
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { state } = getSimulator();
    let answer: () => void = () => undefined;
    state.interceptors.set(SUBMIT_PATH, ({ response }) => {
      answer = () => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ task_status: "SUCCEED", task_id: "4003503" }));
      };
    });
    const { id } = await ordered(user);
    await waitFor(async () => (await readImage(user, id)).status === "submitting");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await takeDueImage(id)).toBeNull();
    answer();
    await untilSubmitted(id);
    getSettings().RUN_LEASE_MS = before;
    expect((await readImage(user, id)).status).not.toBe("unknown");
  });
});

describe("CRA-09: a task that never comes to its end", () => {
  it("is given up after its tries, and the next of the same user goes on", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const bad = await ordered(user, { prompt: "[not-a-picture]" });
    const good = await ordered(user, { prompt: "A golden cat" });
    await untilSubmitted(bad.id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    await waitFor(async () => {
      const task = await takeDueImage(bad.id);
      if (task) await advanceImage(task);
      const [row] = await rowsOf(`select "pollCount" from "Image" where id = $1`, [bad.id]);
      return Number(row?.pollCount) > 1;
    });
    await rowsOf(`update "Image" set "pollCount" = 8 where id = $1`, [bad.id]);
    await untilAllEnded(user);
    expect(await readImage(user, bad.id)).toMatchObject({
      status: "failed",
      errorCode: "image_copy_failed",
    });
    expect((await readImage(user, good.id)).status).toBe("done");
    expect(filesOf(bad.id)).toEqual([]);
    expect(await imageLedgerRowOf(bad.id)).toMatchObject({ isCall: true });
  });

  it("a picture that cannot be copied holds up nobody", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const stuck = await ordered(user, { prompt: "[gone]" });
    const next = await ordered(user, { prompt: "A golden cat" });
    await untilSubmitted(stuck.id);
    for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
    await advanceImage(await waitFor(() => takeDueImage(stuck.id)));
    expect((await untilEnded(user, next.id)).status).toBe("done");
    expect((await readImage(user, stuck.id)).status).toBe("fetching");
  });

  it("with an answer of 500 for ever is asked ever more rarely, then given up", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [id]);
    getSimulator().state.interceptors.set(`/v1/tasks/${row?.taskId}`, ({ response }) => {
      response.writeHead(500).end("<script>alert(1)</script>");
    });
    const delays: number[] = [];
    for (let poll = 0; poll < 4; poll += 1) {
      const task = await waitFor(() => takeDueImage(id));
      await advanceImage(task);
      const [next] = await rowsOf(
        `select extract(epoch from "nextActionAt" - now())::float as s from "Image" where id = $1`,
        [id],
      );
      delays.push(Number(next?.s));
    }
    expect(delays[3]).toBeGreaterThan((delays[0] ?? 0) * 1.5);
    await rowsOf(`update "Image" set "pollCount" = 60 where id = $1`, [id]);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "unknown", errorCode: "upstream_down", canCheck: true });
    expect(JSON.stringify(ended)).not.toContain("script");
  });
});

describe("SSR-13: whatever keeps a result from being fetched", () => {
  it("refused, closed, silent and blocked are told alike, and nothing of the network is", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilSubmitted(id);
    const [row] = await rowsOf(`select "taskId" from "Image" where id = $1`, [id]);
    const told: unknown[] = [];
    for (const url of [
      "http://127.0.0.1:1/closed.png",
      "https://10.0.0.1/blocked.png",
      "https://nowhere.invalid/unknown.png",
    ]) {
      getSimulator().state.interceptors.set(`/v1/tasks/${row?.taskId}`, ({ response }) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ task_status: "SUCCEED", output_images: [url] }));
      });
      await rowsOf(
        `update "Image" set status = 'polling', "errorCode" = null, "pollCount" = 8, "nextActionAt" = now(), "leaseUntil" = null, "endedAt" = null where id = $1`,
        [id],
      );
      const { endedAt: _endedAt, ...image } = await untilEnded(user, id);
      told.push(image);
      expect(JSON.stringify(image)).not.toMatch(/127\.0\.0\.1|10\.0\.0\.1|ECONN|ENOTFOUND|invalid/);
      const file = await errorOf(await call(getFile, { user, params: { id } }));
      expect(file).toMatchObject({ status: 404, code: "not_found" });
    }
    expect(told[0]).toMatchObject({ status: "failed", errorCode: "image_copy_failed" });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });
});
