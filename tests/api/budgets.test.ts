import { afterEach, beforeEach, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { createUser, HEALTHY_TOKEN, requestsTo, rowsOf, waitFor } from "../support/api";
import { ask, CHAT_MODEL, CHAT_PATH } from "../support/ask";
import { streamWith } from "../support/hard-answer";
import { readUiStream } from "../support/ui-stream";

const before = { ...getSettings() };
beforeEach(() => {
  Object.assign(getSettings(), {
    RUN_IDLE_MS: 150,
    RUN_FIRST_CONTENT_MS: 150,
    RUN_HEADERS_MS: 150,
    RUN_KEEPALIVE_MS: 20,
  });
});
afterEach(() => {
  Object.assign(getSettings(), before);
});

const askOf = async (model: string) => ask(await createUser({ token: HEALTHY_TOKEN }), { model });

it("ends a stream that stalls, keeps its text and hangs up", async () => {
  const { text, readout } = await readUiStream(await askOf("simulator/stall"));
  expect(readout).toMatchObject({ status: "interrupted", errorCode: "timeout" });
  expect(text.length).toBeGreaterThan(0);
  await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
});

it("sends keep-alives while nothing comes", async () => {
  const response = await askOf("simulator/stall");
  expect(await response.text()).toContain(": keep-alive");
});

it("ends a run whose whole time is over", async () => {
  Object.assign(getSettings(), { RUN_TOTAL_MS: 200 });
  const { readout } = await readUiStream(await askOf("simulator/endless"));
  expect(readout).toMatchObject({ status: "interrupted", errorCode: "timeout" });
});

it("ends a run whose text grows past the cap", async () => {
  Object.assign(getSettings(), { MAX_TEXT_BYTES: 2_000 });
  const { readout, text } = await readUiStream(await askOf("simulator/endless"));
  expect(readout).toMatchObject({ status: "interrupted", errorCode: "upstream_down" });
  expect(text.length).toBeLessThan(4_000);
});

it("stores a checkpoint while the answer grows", async () => {
  const response = await askOf("simulator/endless");
  const id = response.headers.get("x-run-id");
  const run = await waitFor(async () => {
    const [row] = await rowsOf(
      `select status, text, "leaseUntil" > now() as leased from "Run" where id = $1`,
      [id],
    );
    return row?.text ? row : null;
  });
  expect(run).toMatchObject({ status: "streaming", leased: true });
  await response.body?.cancel();
  await rowsOf(`update "Run" set "stopRequested" = true where id = $1`, [id]);
  await waitFor(async () => {
    const [row] = await rowsOf(`select status from "Run" where id = $1`, [id]);
    return row?.status === "stopped";
  });
});

it("stores a short text by the clock, without waiting for 2 KB", async () => {
  Object.assign(getSettings(), { RUN_IDLE_MS: 2_000 });
  const response = await askOf("simulator/stall");
  const id = response.headers.get("x-run-id");
  const text = await waitFor(async () => {
    const [row] = await rowsOf(`select text from "Run" where id = $1 and status = 'streaming'`, [
      id,
    ]);
    return row?.text;
  }, 1_500);
  expect(String(text).length).toBeLessThan(2_048);
  await response.body?.cancel();
});

it("holds its lease while nothing comes", async () => {
  Object.assign(getSettings(), { RUN_IDLE_MS: 5_000, RUN_LEASE_MS: 300 });
  const response = await askOf("simulator/stall");
  const id = response.headers.get("x-run-id");
  const leaseOf = async () =>
    (await rowsOf(`select text, "leaseUntil" > now() as held from "Run" where id = $1`, [id]))[0];
  await waitFor(async () => (await leaseOf())?.text);
  await rowsOf(`update "Run" set "leaseUntil" = now() - interval '1 s' where id = $1`, [id]);
  await waitFor(async () => (await leaseOf())?.held, 2_000);
  await response.body?.cancel();
  await rowsOf(`update "Run" set "stopRequested" = true where id = $1`, [id]);
  await waitFor(async () => {
    const [row] = await rowsOf(`select status from "Run" where id = $1`, [id]);
    return row?.status === "stopped";
  });
});

it("ends a run whose tool calls grow past the cap", async () => {
  Object.assign(getSettings(), { MAX_TEXT_BYTES: 1_000 });
  const piece = (index: number) => ({
    index,
    id: `call_${index}`,
    function: { name: "f", arguments: "x".repeat(2_000) },
  });
  const choice = { delta: { tool_calls: [piece(0), piece(1)] }, finish_reason: "tool_calls" };
  streamWith(`data: ${JSON.stringify({ choices: [choice] })}\n\n`, "data: [DONE]\n\n");
  const { readout, parts } = await readUiStream(await askOf(CHAT_MODEL));
  expect(readout).toMatchObject({ status: "interrupted", errorCode: "upstream_down" });
  const sent = parts.filter(({ type }) => type === "data-tool-calls").map(({ data }) => data);
  expect(sent).toMatchObject([[{ name: "f" }, { name: "f" }]]);
  expect(JSON.stringify(sent).match(/x/g)?.length).toBeLessThan(1_000);
  const [row] = await rowsOf(`select "isCall" from "UsageEntry" where "runId" = $1`, [
    readout.runId,
  ]);
  expect(row?.isCall).toBe(true);
});

it("stores its ending again and again while the database refuses it", async () => {
  await rowsOf(`alter table "Run" add constraint "NoEnd" check (status <> 'complete') not valid`);
  const response = await askOf(CHAT_MODEL);
  const id = response.headers.get("x-run-id");
  const rowOf = async () => (await rowsOf(`select status, text from "Run" where id = $1`, [id]))[0];
  const { text, readout } = await readUiStream(response);
  expect(readout.status).toBe("complete");
  expect((await rowOf())?.status).not.toBe("complete");
  await rowsOf(`alter table "Run" drop constraint "NoEnd"`);
  const row = await waitFor(async () => {
    const found = await rowOf();
    return found?.status === "complete" && found;
  });
  expect(row.text).toBe(text);
});
