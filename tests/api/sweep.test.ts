import { describe, expect, it } from "vitest";
import { DELETE as deleteConversation } from "@/app/api/conversations/[id]/route";
import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { sweepLostRuns } from "@/lib/server/services/sweep";
import { newId } from "@/lib/shared/ids";
import {
  call,
  createUser,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { imageLedgerRowOf, ordered, untilEnded, untilSubmitted } from "../support/order";
import { readUiStream } from "../support/ui-stream";

/** A run that some other process left behind in mid-answer. */
async function createLostRun(user: TestUser, leaseEnded: string): Promise<string> {
  const [conversation, question, answer, run] = [
    newId("conversation"),
    newId("message"),
    newId("message"),
    newId("run"),
  ];
  await rowsOf(
    `insert into "Conversation" (id, "userId", title, model) values ($1, $2, 't', 'a/b')`,
    [conversation, user.id],
  );
  for (const [id, parent, role] of [
    [question, null, "user"],
    [answer, question, "assistant"],
  ]) {
    await rowsOf(
      `insert into "Message" (id, "conversationId", "userId", "parentId", role, text) values ($1, $2, $3, $4, $5::"MessageRole", '')`,
      [id, conversation, user.id, parent, role],
    );
  }
  await rowsOf(
    `insert into "Run" (id, "conversationId", "messageId", "userId", "idempotencyKey", "bodyHash", model, status, text, reasoning, "toolCalls", "calledAt", "leaseUntil")
     values ($1, $2, $3, $4, $1, 'x', 'a/b', 'streaming', 'half an answ', 'hm', '[{"name":"f"}]', now(), now() + $5::interval)`,
    [run, conversation, answer, user.id, leaseEnded],
  );
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", "runId", kind, model, protocol, day) values ($1, $2, $1, 'chat', 'a/b', 'openai', '2026-01-01')`,
    [run, user.id],
  );
  return run;
}

const statusOf = async (run: string) =>
  (await rowsOf(`select status, text from "Run" where id = $1`, [run]))[0];

describe("the sweeper", () => {
  it("ends a run whose lease ran out, keeps its text and books it as a call", async () => {
    const user = await createUser();
    const [lost, alive] = [await createLostRun(user, "-1 s"), await createLostRun(user, "10 s")];
    await sweepLostRuns({ all: false });
    expect(await statusOf(lost)).toEqual({ status: "interrupted", text: "half an answ" });
    expect(await statusOf(alive)).toMatchObject({ status: "streaming" });
    expect(await ledgerRowOf(lost)).toMatchObject({
      status: "interrupted",
      isCall: true,
      inputTokens: null,
    });
    const [message] = await rowsOf(
      `select m.text, m.reasoning, m."toolCalls" from "Message" m join "Run" r on r."messageId" = m.id where r.id = $1`,
      [lost],
    );
    expect(message).toEqual({
      text: "half an answ",
      reasoning: "hm",
      toolCalls: [{ name: "f" }],
    });
    await sweepLostRuns({ all: true });
    expect(await statusOf(alive)).toMatchObject({ status: "interrupted" });
  });

  it("leaves alone what this process still produces, however old its lease is", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const id = response.headers.get("x-run-id") ?? "";
    await waitFor(async () => (await statusOf(id))?.text);
    await rowsOf(`update "Run" set "leaseUntil" = now() - interval '1 hour' where id = $1`, [id]);
    await sweepLostRuns({ all: true });
    expect(await statusOf(id)).toMatchObject({ status: "streaming" });
    expect(await ledgerRowOf(id)).toMatchObject({ status: "open" });
    await call(stop, { method: "POST", user, params: { id } });
    await readUiStream(response);
    expect(await statusOf(id)).toMatchObject({ status: "stopped" });
  });

  it("is overruled by a producer that another instance took for dead", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user);
    const id = response.headers.get("x-run-id") ?? "";
    await rowsOf(
      `update "Run" set status = 'interrupted', "errorCode" = 'interrupted' where id = $1`,
      [id],
    );
    await rowsOf(
      `update "UsageEntry" set status = 'interrupted', "errorCode" = 'interrupted' where "runId" = $1`,
      [id],
    );
    const { text } = await readUiStream(response);
    expect(await statusOf(id)).toEqual({ status: "complete", text });
    expect(await ledgerRowOf(id)).toMatchObject({ status: "complete", tokenSource: "reported" });
  });
});

describe("a conversation deleted while its answer is written", () => {
  it("stops the upstream and leaves no open ledger row", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const runId = response.headers.get("x-run-id") ?? "";
    const id = response.headers.get("x-conversation-id") ?? "";
    const reading = readUiStream(response);
    await waitFor(async () => (await statusOf(runId))?.text);
    expect(
      (await call(deleteConversation, { method: "DELETE", user, params: { id } })).status,
    ).toBe(204);
    await reading;
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
    expect(await ledgerRowOf(runId)).toMatchObject({ status: "stopped", isCall: true });
  });

  it("is settled by the sweeper where its producer died", async () => {
    const user = await createUser();
    const run = await createLostRun(user, "-1 s");
    await rowsOf(`delete from "Run" where id = $1`, [run]);
    await sweepLostRuns({ all: false });
    expect(await ledgerRowOf(run)).toMatchObject({ status: "interrupted", isCall: true });
  });
});

/** Stops a run and waits for its end. */
async function end(user: TestUser, run: Response): Promise<void> {
  const params = { id: run.headers.get("x-run-id") ?? "" };
  await call(stop, { method: "POST", user, params });
  await readUiStream(run);
}

describe("what the sweeper leaves alone", () => {
  for (const liveRuns of [0, 1]) {
    it(`a picture in the making, with ${liveRuns} live run(s)`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const other = await createUser({ token: HEALTHY_TOKEN });
      const live = liveRuns > 0 ? await ask(other, { model: "simulator/endless" }) : null;
      const { id } = await ordered(user);
      await untilSubmitted(id);
      await sweepLostRuns({ all: false });
      expect(await imageLedgerRowOf(id)).toMatchObject({ status: "open" });
      expect(await untilEnded(user, id)).toMatchObject({ status: "done" });
      expect(await imageLedgerRowOf(id)).toMatchObject({ status: "complete", isCall: true });
      if (!live) return;
      await end(other, live);
    });

    it(`a call of the token doctor, until it is five minutes old, with ${liveRuns} live run(s)`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const other = await createUser({ token: HEALTHY_TOKEN });
      const live = liveRuns > 0 ? await ask(other, { model: "simulator/endless" }) : null;
      const insert = (id: string, age: string) =>
        rowsOf(
          `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, "startedAt")
           values ($1, $2, 'chat', 'a/b', 'openai', '2026-01-01', now() - $3::interval)`,
          [id, user.id, age],
        );
      const [young, old] = [newId("usage"), newId("usage")];
      await insert(young, "1 min");
      await insert(old, "6 min");
      await sweepLostRuns({ all: false });
      const statusOfCall = async (id: string) =>
        (await rowsOf(`select status, "isCall" from "UsageEntry" where id = $1`, [id]))[0];
      expect(await statusOfCall(young)).toEqual({ status: "open", isCall: false });
      expect(await statusOfCall(old)).toEqual({ status: "interrupted", isCall: true });
      if (!live) return;
      await end(other, live);
    });
  }
});
