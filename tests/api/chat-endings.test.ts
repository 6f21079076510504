import { describe, expect, it } from "vitest";
import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { GET as follow } from "@/app/api/runs/[id]/stream/route";
import { replyTo } from "@/simulator/replies";
import {
  answerPage,
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { streamWith } from "../support/hard-answer";
import { readUiStream } from "../support/ui-stream";

describe("how each ending is booked", () => {
  const cases = [
    {
      model: "simulator/no-done",
      status: "complete",
      isCall: true,
      source: "reported",
      code: null,
    },
    { model: "simulator/no-usage", status: "complete", isCall: true, source: "none", code: null },
    {
      model: "simulator/no-finish",
      status: "interrupted",
      isCall: true,
      source: "reported",
      code: "interrupted",
    },
    {
      model: "simulator/error-frame",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "upstream_down",
    },
    {
      model: "simulator/errors-frame",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "rate_limited",
    },
    {
      model: "simulator/reset",
      status: "interrupted",
      isCall: true,
      source: "none",
      code: "interrupted",
    },
    {
      model: "simulator/empty-shell",
      status: "failed",
      isCall: false,
      source: "none",
      code: "empty_answer",
    },
    {
      model: "simulator/empty-stream",
      status: "failed",
      isCall: false,
      source: "none",
      code: "empty_answer",
    },
    {
      model: "simulator/no-provider",
      status: "failed",
      isCall: false,
      source: "none",
      code: "model_unavailable",
    },
  ];
  for (const { model, status, isCall, source, code } of cases) {
    it(`${model}: ${status}, ${isCall ? "a call" : "an attempt"}, tokens ${source}`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const { text, readout } = await readUiStream(await ask(user, { model }));
      expect(readout).toMatchObject({ status, errorCode: code });
      expect(await ledgerRowOf(readout.runId)).toMatchObject({
        status,
        isCall,
        tokenSource: source,
        errorCode: code,
      });
      const [run] = await rowsOf(`select text from "Run" where id = $1`, [readout.runId]);
      expect(run?.text).toBe(text);
      expect(text === "").toBe(status === "failed");
    });
  }

  it("no answer: an attempt without tokens, whatever a frame said", async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4 };
    streamWith(`data: ${JSON.stringify({ choices: [], usage })}\n\n`, "data: [DONE]\n\n");
    const { readout } = await readUiStream(await ask(await createUser({ token: HEALTHY_TOKEN })));
    expect(readout).toMatchObject({
      status: "failed",
      errorCode: "empty_answer",
      inputTokens: null,
      tokenSource: "none",
    });
    expect(await ledgerRowOf(readout.runId)).toMatchObject({
      status: "failed",
      isCall: false,
      inputTokens: null,
      outputTokens: null,
      tokenSource: "none",
    });
  });

  it("a page of some proxy: the service is away, an attempt", async () => {
    answerPage(CHAT_PATH);
    const { readout } = await readUiStream(await ask(await createUser({ token: HEALTHY_TOKEN })));
    expect(readout).toMatchObject({ status: "failed", errorCode: "upstream_down" });
    expect(await ledgerRowOf(readout.runId)).toMatchObject({ status: "failed", isCall: false });
  });

  const refusals = [
    { token: "0002", code: "account_unbound" },
    { token: "0003", code: "account_unverified" },
    { token: "0004", code: "balance_empty" },
    { token: "0006", code: "rate_limited" },
    { token: "0007", code: "upstream_down" },
    { token: "0099", code: "invalid_token" },
  ];
  for (const { token, code } of refusals) {
    it(`a token that ends in ${token} is told as ${code} and booked as an attempt`, async () => {
      const user = await createUser({ token: `ms-00000000-0000-4000-8000-00000000${token}` });
      const { readout } = await readUiStream(await ask(user));
      expect(readout).toMatchObject({ status: "failed", errorCode: code });
      expect(await ledgerRowOf(readout.runId)).toMatchObject({
        status: "failed",
        isCall: false,
        errorCode: code,
        inputTokens: null,
      });
    });
  }
});

describe("stopping and following", () => {
  it("stops the upstream at once and keeps what had come", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const id = response.headers.get("x-run-id") ?? "";
    const reading = readUiStream(response);
    await waitFor(async () => {
      const [run] = await rowsOf(`select text from "Run" where id = $1`, [id]);
      return run?.text;
    });
    expect((await call(stop, { method: "POST", user, params: { id } })).status).toBe(204);
    const { text, readout } = await reading;
    expect(readout.status).toBe("stopped");
    expect(text.length).toBeGreaterThan(0);
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
    expect(await ledgerRowOf(id)).toMatchObject({
      status: "stopped",
      isCall: true,
      inputTokens: null,
    });
    // Twice is no error.
    expect((await call(stop, { method: "POST", user, params: { id } })).status).toBe(204);
  });

  it("stops before the first byte", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(user, { model: "simulator/endless" });
    const id = response.headers.get("x-run-id") ?? "";
    await call(stop, { method: "POST", user, params: { id } });
    const { readout } = await readUiStream(response);
    expect(readout.status).toBe("stopped");
  });

  it("gives a second reader everything, live and after the end, without gap or repeat", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await ask(user);
    const id = first.headers.get("x-run-id") ?? "";
    const second = await call(follow, { user, params: { id } });
    const [a, b] = await Promise.all([readUiStream(first), readUiStream(second)]);
    expect(a.text).toBe(replyTo("Hello").text);
    expect(b.text).toBe(a.text);
    const late = await readUiStream(await call(follow, { user, params: { id } }));
    expect(late.text).toBe(a.text);
    expect(late.readout).toMatchObject({
      status: "complete",
      outputTokens: a.readout.outputTokens,
    });
  });

  it("hides runs and conversations of others like missing ones", async () => {
    const owner = await createUser({ token: HEALTHY_TOKEN });
    const other = await createUser({ token: HEALTHY_TOKEN });
    const response = await ask(owner);
    const id = response.headers.get("x-run-id") ?? "";
    const conversationId = response.headers.get("x-conversation-id") ?? "";
    const running = await ask(owner, { model: "simulator/endless" });
    const live = running.headers.get("x-run-id") ?? "";
    await readUiStream(response);
    const calls = 2;
    await waitFor(async () => requestsTo(CHAT_PATH).length === calls);
    for (const foreign of [id, live, "run_missing"]) {
      const followed = await errorOf(await call(follow, { user: other, params: { id: foreign } }));
      expect(followed).toMatchObject({ status: 404, code: "not_found" });
      const stopped = await errorOf(
        await call(stop, { method: "POST", user: other, params: { id: foreign } }),
      );
      expect(stopped).toMatchObject({ status: 404, code: "not_found" });
    }
    const [row] = await rowsOf(`select status from "Run" where id = $1`, [live]);
    expect(row?.status).toMatch(/queued|streaming/);
    await call(stop, { method: "POST", user: owner, params: { id: live } });
    await readUiStream(running);
    const continued = await errorOf(await ask(other, { conversationId }));
    expect(continued).toMatchObject({ status: 404, code: "not_found" });
    const missing = await errorOf(await ask(other, { conversationId: "cnv_missing" }));
    expect(missing.message).toBe(continued.message);
    expect(requestsTo(CHAT_PATH)).toHaveLength(calls);
  });
});
