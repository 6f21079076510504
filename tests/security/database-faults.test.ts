import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { endRun, type RunEnding } from "@/lib/server/db/runs";
import { getSettings } from "@/lib/server/env";
import { sweepLostRuns } from "@/lib/server/services/sweep";
import {
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { startDatabaseProxy } from "../support/database-proxy";
import { frame } from "../support/frame";
import { followRun, moveToOtherInstance, runIdOf, runRowOf, waitForText } from "../support/runs";
import { readUiStream } from "../support/ui-stream";

const direct = new pg.Pool({ connectionString: getSettings().DATABASE_URL ?? "", max: 2 });
const { DATABASE_URL: _direct, ...settings } = getSettings();
const proxy = await startDatabaseProxy();

beforeEach(() => {
  proxy.delayMs = 0;
  proxy.mend();
});
afterEach(() => {
  Object.assign(getSettings(), settings);
});
afterAll(async () => {
  await direct.end();
  setTimeout(() => void proxy.close(), 100);
});

const healthy = () => createUser({ token: HEALTHY_TOKEN });
const spooled = () => {
  const directory = path.join(getSettings().DATA_DIR, "spool");
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
};

/** Sends a word, waits for `between`, sends the end. */
function answerInTwo(between: () => Promise<void>): void {
  getSimulator().state.interceptors.set(CHAT_PATH, async ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(frame({ content: "first " }));
    await between();
    response.write(frame({ content: "second" }));
    response.end(frame({}, "stop"));
  });
}

it("DBF-01 a database that is down costs no call", async () => {
  const user = await healthy();
  proxy.cut();
  expect(await errorOf(await ask(user))).toMatchObject({ status: 503, code: "database_down" });
  expect(requestsTo(CHAT_PATH)).toEqual([]);
  proxy.mend();
  await waitFor(() => rowsOf("select 1").catch(() => null));
  expect((await readUiStream(await ask(user))).readout.status).toBe("complete");
});

describe("DBF-02 a database that goes away in mid stream", () => {
  it("and comes back: the reader has the text, the row and the ledger follow", async () => {
    const user = await healthy();
    answerInTwo(async () => {
      await waitForText(id);
      proxy.cut();
    });
    const response = await ask(user);
    const id = runIdOf(response);
    const { text, readout, parts } = await readUiStream(response);
    expect([text, readout.status]).toEqual(["first second", "complete"]);
    expect(parts.map(({ type }) => type)).toContain("data-unsaved");
    expect(spooled()).toEqual([`${id}.json`]);
    proxy.mend();
    await waitFor(async () => (await runRowOf(id).catch(() => null))?.status === "complete");
    expect((await runRowOf(id))?.text).toBe("first second");
    expect(await ledgerRowOf(id)).toMatchObject({ status: "complete", isCall: true });
    await waitFor(async () => spooled().length === 0);
  });

  it("until after the process died: the next one empties the spool, though a sweep came first", async () => {
    const user = await healthy();
    answerInTwo(async () => {
      await waitForText(id);
      proxy.cut();
    });
    const response = await ask(user);
    const id = runIdOf(response);
    await readUiStream(response);
    await waitFor(async () => spooled().length === 1);
    const file = path.join(getSettings().DATA_DIR, "spool", `${id}.json`);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const entry = fs.readFileSync(file);
    proxy.mend();
    // What its own process would do does not happen any more.
    await waitFor(async () => (await runRowOf(id).catch(() => null))?.status === "complete");
    await waitFor(async () => spooled().length === 0);
    await rowsOf(
      `update "Run" set status = 'interrupted', "errorCode" = 'interrupted', text = 'first ' where id = $1`,
      [id],
    );
    await rowsOf(
      `update "UsageEntry" set status = 'interrupted', "errorCode" = 'interrupted' where "runId" = $1`,
      [id],
    );
    fs.writeFileSync(file, entry);
    moveToOtherInstance(id);
    await sweepLostRuns({ all: false });
    expect((await runRowOf(id))?.text).toBe("first second");
    expect(await ledgerRowOf(id)).toMatchObject({ status: "complete" });
    expect(spooled()).toEqual([]);
  });
});

it("a database that hangs in mid stream: the reader has the end at once, the row follows", async () => {
  const user = await healthy();
  answerInTwo(async () => {
    await waitForText(id);
    proxy.delayMs = 8_000;
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // a checkpoint hangs by now
  });
  const response = await ask(user);
  const id = runIdOf(response);
  const { text, readout, parts } = await readUiStream(response);
  expect([text, readout.status]).toEqual(["first second", "complete"]);
  expect(parts.map(({ type }) => type)).toContain("data-unsaved");
  await waitFor(async () => spooled().includes(`${id}.json`));
  // Nothing of it has reached the database by now.
  const { rows } = await direct.query(`select status from "Run" where id = $1`, [id]);
  expect(rows).toEqual([{ status: "streaming" }]);
  proxy.delayMs = 0;
  await waitFor(
    async () =>
      (await direct.query(`select status from "Run" where id = $1`, [id])).rows[0].status ===
      "complete",
    20_000,
  );
  await waitFor(async () => spooled().length === 0);
});

it("DBF-03 fifty streams on five connections hold no transaction and all end", async () => {
  const users = await Promise.all(Array.from({ length: 50 }, healthy));
  // The pool is made once; what matters is that it is smaller than the number of streams.
  expect(getSettings().DATABASE_POOL_SIZE).toBeLessThan(50);
  const answers = await Promise.all(users.map((user) => ask(user)));
  const reading = Promise.all(answers.map(readUiStream));
  let idle = 0;
  const watch = setInterval(async () => {
    const { rows } = await direct.query(
      "select count(*)::int as n from pg_stat_activity where state like 'idle in transaction%' and datname = current_database()",
    );
    idle += rows[0].n;
  }, 20);
  const read = await reading;
  clearInterval(watch);
  expect(read.map(({ readout }) => readout.status)).toEqual(Array(50).fill("complete"));
  expect(idle).toBe(0);
  const open = await rowsOf(`select from "Run" where status in ('queued', 'streaming')`);
  expect(open).toEqual([]);
});

it("DBF-04 a lock of three seconds on hot rows, beside twenty streams and fifty writers, loses nothing", async () => {
  const users = await Promise.all(Array.from({ length: 20 }, healthy));
  const holder = await direct.connect();
  await holder.query("begin");
  await holder.query(`select from "User" for update`);
  await holder.query(`select from "ModelScopeToken" for update`);
  const release = setTimeout(() => void holder.query("rollback"), 3_000);
  const answers = Promise.all(users.map((user) => ask(user)));
  const writers = Promise.all(
    Array.from({ length: 50 }, (_unused, index) =>
      rowsOf(`insert into "Setting" (key, value, "updatedAt") values ($1, '1', now())`, [
        `dbf04-${index}`,
      ]),
    ),
  );
  await writers;
  const read = await Promise.all((await answers).map(readUiStream));
  expect(read.map(({ readout }) => readout.status)).toEqual(Array(20).fill("complete"));
  clearTimeout(release);
  holder.release();
}, 30_000);

it("DBF-06 the same key twice in parallel is one run, in whatever conversation", async () => {
  const user = await healthy();
  const change = { idempotencyKey: "twice-in-parallel" };
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(user, change)));
  const read = await Promise.all(answers.map(readUiStream));
  expect(new Set(read.map(({ readout }) => readout.runId)).size).toBe(1);
  expect(new Set(read.map(({ text }) => text)).size).toBe(1);
  expect(requestsTo(CHAT_PATH)).toHaveLength(1);
  expect(await rowsOf(`select from "Conversation" where "userId" = $1`, [user.id])).toHaveLength(1);
});

it("DBF-08 a database two seconds slow does not slow down the words", async () => {
  const user = await healthy();
  let sentMs = 0;
  getSimulator().state.interceptors.set(CHAT_PATH, async ({ response }) => {
    proxy.delayMs = 2_000;
    response.writeHead(200, { "content-type": "text/event-stream" });
    sentMs = performance.now();
    for (let index = 0; index < 20; index += 1) {
      response.write(frame({ content: `${index} ` }));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    response.end(frame({}, "stop"));
  });
  const response = await ask(user);
  const arrivals: number[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    if (decoder.decode(chunk).includes('"text-delta"')) arrivals.push(performance.now());
  }
  expect((arrivals[0] ?? Number.POSITIVE_INFINITY) - sentMs).toBeLessThan(300);
  const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? at));
  expect(Math.max(...gaps)).toBeLessThan(600);
  proxy.delayMs = 0;
  await waitFor(async () => (await runRowOf(runIdOf(response)))?.status === "complete");
}, 30_000);

it("CRA-08 the end of a run, written three times, is one settled row", async () => {
  const user = await healthy();
  const { readout, text } = await readUiStream(await ask(user));
  const first = await ledgerRowOf(readout.runId);
  const ending: RunEnding = {
    status: "interrupted",
    text: "another",
    reasoning: "",
    toolCalls: [],
    finishReason: null,
    errorCode: "timeout",
    errorText: null,
    isCall: true,
    inputTokens: 1,
    outputTokens: 1,
    reasoningTokens: null,
    tokenSource: "reported",
    calledAt: new Date(),
    firstTokenAt: null,
    textAt: null,
    endedAt: new Date(),
    upstreamRequestId: null,
  };
  for (let times = 0; times < 3; times += 1) await endRun(readout.runId, ending);
  expect(await rowsOf(`select from "UsageEntry" where "runId" = $1`, [readout.runId])).toHaveLength(
    1,
  );
  expect(await ledgerRowOf(readout.runId)).toEqual(first);
  const replay = await readUiStream(await followRun(user, readout.runId));
  expect([replay.text, replay.readout.status]).toEqual([text, "complete"]);
});
