import { afterEach, describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
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
import { frame } from "../support/frame";
import { ANSWER, answerOf } from "../support/hard-answer";
import {
  followRun,
  moveToOtherInstance,
  runIdOf,
  runRowOf,
  stopRun,
  waitForText,
} from "../support/runs";
import { readUiStream } from "../support/ui-stream";

const before = { ...getSettings() };
afterEach(() => {
  Object.assign(getSettings(), before);
});

const healthy = () => createUser({ token: HEALTHY_TOKEN });
const ENDLESS = { model: "simulator/endless" };

async function expectOneRow(runId: string, status: string) {
  expect(await rowsOf(`select from "UsageEntry" where "runId" = $1`, [runId])).toHaveLength(1);
  expect(await ledgerRowOf(runId)).toMatchObject({ status, isCall: true });
}

describe("STR-13 a connection that breaks in mid text", () => {
  const cases: [string, (response: import("node:http").ServerResponse) => void][] = [
    ["reset", (response) => void response.socket?.resetAndDestroy()],
    ["closed", (response) => void response.destroy()],
    ["followed by a page of a proxy", (response) => response.end("<html>502 Bad Gateway</html>")],
  ];
  for (const [about, end] of cases) {
    it(`${about}: interrupted, with its text, its question and one ledger row`, async () => {
      getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(frame({ content: "half an ans" }));
        setTimeout(() => end(response), 100);
      });
      const { text, readout, isDone } = await answerOf("Qwen/Qwen3.5-27B");
      expect([text, readout.status, isDone]).toEqual(["half an ans", "interrupted", true]);
      await expectOneRow(readout.runId, "interrupted");
      const messages = await rowsOf(
        `select m.role, m.text from "Message" m join "Run" r using ("conversationId") where r.id = $1 order by m."createdAt"`,
        [readout.runId],
      );
      expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
      expect(messages[1]?.text).toBe("half an ans");
    });
  }
  it("cut short of its Content-Length: interrupted", async () => {
    getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
      const bytes = frame({ content: "half" });
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "content-length": String(bytes.length + 1_000),
      });
      response.write(bytes);
      setTimeout(() => response.destroy(), 100);
    });
    const { text, readout } = await answerOf("Qwen/Qwen3.5-27B");
    expect([text, readout.status]).toEqual(["half", "interrupted"]);
  });
});

it("STR-14 a reader that leaves ends nothing: the whole answer is stored, one row, no socket left", async () => {
  const user = await healthy();
  const response = await ask(user, { message: { text: "Hello" } });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const id = runIdOf(response);
  await waitFor(async () => (await runRowOf(id))?.status === "complete");
  const { text } = await readUiStream(await followRun(user, id));
  expect((await runRowOf(id))?.text).toBe(text);
  expect(text.length).toBeGreaterThan(20);
  await expectOneRow(id, "complete");
  expect(requestsTo(CHAT_PATH)[0]?.isClosedEarly).not.toBe(true);
});

describe("STR-15 stop", () => {
  it("ends both readers, hangs up within a second, keeps the text, and may be asked for again", async () => {
    const user = await healthy();
    const first = await ask(user, ENDLESS);
    const id = runIdOf(first);
    await waitForText(id);
    const second = await followRun(user, id);
    const readings = Promise.all([readUiStream(first), readUiStream(second)]);
    const startedMs = performance.now();
    expect((await stopRun(user, id)).status).toBe(204);
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly, 1_000);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    const [one, two] = await readings;
    expect([one.readout.status, two.readout.status]).toEqual(["stopped", "stopped"]);
    expect(one.text).toBe(two.text);
    expect((await stopRun(user, id)).status).toBe(204);
    expect((await runRowOf(id))?.text).toBe(one.text);
    await expectOneRow(id, "stopped");
  });

  it("of another's run is not found, and of one that has ended changes nothing", async () => {
    const [user, other] = [await healthy(), await healthy()];
    const response = await ask(user, ENDLESS);
    const id = runIdOf(response);
    await waitForText(id);
    expect(await errorOf(await stopRun(other, id))).toMatchObject({ status: 404 });
    expect((await runRowOf(id))?.stopRequested).toBe(false);
    await stopRun(user, id);
    await readUiStream(response);
    expect((await stopRun(user, id)).status).toBe(204);
    expect((await runRowOf(id))?.status).toBe("stopped");
  });

  it("asked of an instance that does not have the run reaches the one that has, within a second", async () => {
    Object.assign(getSettings(), { RUN_CHECKPOINT_MS: before.RUN_CHECKPOINT_MS });
    const user = await healthy();
    for (const model of ["simulator/endless", "simulator/stall", "simulator/stall-headers"]) {
      const response = await ask(user, { model });
      const id = runIdOf(response);
      const calls = requestsTo(CHAT_PATH).length;
      await waitFor(async () => (await runRowOf(id))?.calledAt);
      await waitFor(async () => requestsTo(CHAT_PATH).length >= calls);
      moveToOtherInstance(id);
      expect((await stopRun(user, id)).status).toBe(204);
      const request = () => requestsTo(CHAT_PATH).at(-1);
      await waitFor(async () => request()?.isClosedEarly, 1_000);
      expect((await readUiStream(response)).readout.status).toBe("stopped");
    }
  });
});

describe("STR-16 a second reader", () => {
  it("gets everything once: live, at the end, and after it", async () => {
    const user = await healthy();
    const first = await ask(user, { message: { text: ANSWER } });
    const id = runIdOf(first);
    await waitForText(id);
    const readings = Promise.all([readUiStream(first), readUiStream(await followRun(user, id))]);
    const [one, two] = await readings;
    const three = await readUiStream(await followRun(user, id));
    expect(two.text).toBe(one.text);
    expect(three.text).toBe(one.text);
    for (const { parts, isDone } of [one, two, three]) {
      const count = (type: string) => parts.filter((part) => part.type === type).length;
      expect([count("start"), count("text-start"), count("finish")]).toEqual([1, 1, 1]);
      expect(isDone).toBe(true);
    }
  });

  it("on another instance follows the row, without gap or repeat, to the same end", async () => {
    const user = await healthy();
    const first = await ask(user, { message: { text: ANSWER.repeat(5) } });
    const id = runIdOf(first);
    await waitForText(id);
    moveToOtherInstance(id);
    const second = await followRun(user, id);
    const [one, two] = await Promise.all([readUiStream(first), readUiStream(second)]);
    expect(two.text).toBe(one.text);
    expect(two.readout).toEqual(one.readout);
    expect(two.parts.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(1);
  });

  it("of a run whose process died sees its text and an end, no spinner for ever", async () => {
    const user = await healthy();
    const first = await ask(user, ENDLESS);
    const id = runIdOf(first);
    await waitForText(id);
    await rowsOf(
      `update "Run" set status = 'interrupted', "errorCode" = 'interrupted', "endedAt" = now() where id = $1`,
      [id],
    );
    moveToOtherInstance(id);
    const { readout, text, isDone } = await readUiStream(await followRun(user, id));
    expect([readout.status, isDone]).toEqual(["interrupted", true]);
    expect(text.length).toBeGreaterThan(0);
    await stopRun(user, id);
    await first.body?.cancel();
  });
});

it("STR-19 a slow reader is left behind and caught up, and costs nobody else anything", async () => {
  Object.assign(getSettings(), { MAX_STREAM_BYTES: 50_000_000, MAX_TEXT_BYTES: 20_000_000 });
  const user = await healthy();
  const delta = "0123456789abcdef".repeat(64);
  getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let index = 0; index < 6_000; index += 1) response.write(frame({ content: delta }));
    response.end(frame({}, "stop"));
  });
  const slow = await ask(user);
  const reader = slow.body?.getReader();
  await reader?.read();
  const id = runIdOf(slow);
  const quick = await readUiStream(await followRun(user, id));
  expect(quick.text.length).toBe(6_000 * delta.length);
  expect((await runRowOf(id))?.status).toBe("complete");
  // What waits for the slow one is the rest in a few pieces, not six thousand of them.
  let [pieces, text] = [0, ""];
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    pieces += 1;
    text += Buffer.from(piece.value).toString();
  }
  expect(pieces).toBeLessThan(600);
  const deltas = [...text.matchAll(/"type":"text-delta","id":"text","delta":"([^"]*)"/g)];
  expect(deltas.reduce((sum, [, part = ""]) => sum + part.length, 0)).toBe(6_000 * delta.length);
}, 60_000);
