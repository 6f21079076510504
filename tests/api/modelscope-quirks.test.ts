import { describe, expect, it } from "vitest";
import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { POST as checkToken } from "@/app/api/token/check/route";
import { PUT as putToken } from "@/app/api/token/route";
import { replyTo } from "@/simulator/replies";
import {
  answerWith,
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf } from "../support/ask";
import { ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import { readUiStream } from "../support/ui-stream";

const ANSWER = replyTo("Hello").text;

const answerOf = async (change: object) => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  return readUiStream(await ask(user, change));
};

/** The numbers are those of the list in docs/modelscope.md: what other clients stumbled over. */
describe("known quirks, through our routes", () => {
  it("1 thinking models refuse non-streaming calls: every call is streamed", async () => {
    for (const model of ["simulator/thinking-only", "simulator/empty-when-not-streamed"]) {
      const { readout, reasoning, text } = await answerOf({ model });
      expect([readout.status, reasoning !== "", text]).toEqual(["complete", true, ANSWER]);
    }
    const sent = requestsTo(CHAT_PATH).map(({ body }) => (body as { stream: boolean }).stream);
    expect(sent).toEqual([true, true]);
  });

  it("2 a 200 with choices null is an empty answer, not a crash and not a success", async () => {
    const { readout } = await answerOf({ model: "simulator/empty-shell" });
    expect(readout).toMatchObject({ status: "failed", errorCode: "empty_answer" });
  });

  it("3 usage comes only when it is asked for, and zeros are no usage", async () => {
    const { readout } = await answerOf({});
    expect(requestsTo(CHAT_PATH)[0]?.body).toMatchObject({
      stream_options: { include_usage: true },
    });
    expect(readout.outputTokens).toBeGreaterThan(0);
    const zero = await answerOf({ model: "simulator/usage-zero" });
    expect(zero.readout).toMatchObject({
      status: "complete",
      outputTokens: null,
      tokenSource: "none",
    });
  });

  it("4 the last chunk has no choices", async () => {
    const { readout, text } = await answerOf({});
    expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
  });

  it("5 null placeholders, null choices and null deltas are passed over", async () => {
    const { readout, text } = await answerOf({ model: "simulator/choices-null" });
    expect([readout.status, text, readout.tokenSource]).toEqual(["complete", ANSWER, "reported"]);
  });

  it("6 created in milliseconds moves no date of ours", async () => {
    const { options } = getSimulator().state;
    for (const unit of ["ms", "s"] as const) {
      options.createdUnit = unit;
      const { readout } = await answerOf({});
      expect(Math.abs(Date.parse(readout.startedAt) - Date.now())).toBeLessThan(60_000);
    }
    options.createdUnit = "ms";
  });

  it("7 a retired model is told as such (remembered: modelscope-errors)", async () => {
    const { readout } = await answerOf({ model: "simulator/no-provider" });
    expect(readout).toMatchObject({ errorCode: "model_unavailable" });
  });

  it("8 pictures are ordered asynchronously, and the synchronous answer of 2025 is taken too", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { model: "simulator/sync-image" });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", width: 512 });
    expect(requestsTo(SUBMIT_PATH)[0]?.headers["x-modelscope-async-mode"]).toBe("true");
  });

  it("9 SUCCEED in the answer to a submit is not the end, and may be missing", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const model of ["Tongyi-MAI/Z-Image-Turbo", "simulator/task-only"]) {
      getSimulator().state.requests.length = 0;
      const { id } = await ordered(user, { model });
      expect(await untilEnded(user, id)).toMatchObject({ status: "done" });
      const polls = getSimulator().state.requests.filter(({ path }) =>
        path.startsWith("/v1/tasks/"),
      );
      expect(polls.length).toBeGreaterThan(1);
    }
  });

  it("10 polls say their task type, and 'task not found' is no failed picture", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { prompt: "[lost]" });
    expect(await untilEnded(user, id)).toMatchObject({
      status: "unknown",
      errorCode: "image_lost",
    });
    const polls = getSimulator().state.requests.filter(({ path }) => path.startsWith("/v1/tasks/"));
    expect(new Set(polls.map(({ headers }) => headers["x-modelscope-task-type"]))).toEqual(
      new Set(["image_generation"]),
    );
  });

  it("11 the list of models takes any key: a token is checked elsewhere", async () => {
    const user = await createUser();
    const body = { token: "ms-00000000-0000-4000-8000-000000000099" };
    const status = await (await call(putToken, { method: "PUT", user, body })).json();
    expect(status.state).toBe("invalid");
  });

  it("12 a second call at once is refused, tried again, and told as busy", async () => {
    const { options } = getSimulator().state;
    options.concurrency = 1;
    const user = await createUser({ token: HEALTHY_TOKEN });
    const endless = await ask(user, { model: "simulator/endless" });
    await waitFor(async () => requestsTo(CHAT_PATH).length === 1);
    // Another program with the same token: our own calls of one user wait for each other.
    const elsewhere = await createUser({ token: HEALTHY_TOKEN });
    const { readout } = await readUiStream(await ask(elsewhere));
    expect(readout).toMatchObject({ status: "failed", errorCode: "rate_limited" });
    expect(requestsTo(CHAT_PATH)).toHaveLength(4);
    options.concurrency = Number.POSITIVE_INFINITY;
    const id = endless.headers.get("x-run-id") ?? "";
    await call(stop, { method: "POST", user, params: { id } });
    expect((await readUiStream(endless)).readout.status).toBe("stopped");
  });

  it("12 what passes is tried again until it answers", async () => {
    const user = await createUser({ token: "ms-00000000-0000-4000-8000-000000000009" });
    const { readout, text } = await readUiStream(await ask(user));
    expect([readout.status, text]).toEqual(["complete", ANSWER]);
    expect(requestsTo(CHAT_PATH)).toHaveLength(3);
    expect(await ledgerRowOf(readout.runId)).toMatchObject({ status: "complete", isCall: true });
  });

  it("13 error and errors are the same", async () => {
    for (const key of ["error", "errors"]) {
      answerWith(CHAT_PATH, 400, {
        [key]: { message: "top_p must be below 1" },
        request_id: "req-1",
      });
      const { readout } = await answerOf({});
      expect(readout).toMatchObject({
        errorCode: "bad_request",
        errorText: "top_p must be below 1",
        upstreamRequestId: "req-1",
      });
    }
  });

  it("14 what is answered by an empty shell cannot be asked for", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const settings of [
      { tool_choice: "required" },
      { response_format: { type: "json_schema" } },
      { format: "json_schema" },
      { functions: [] },
    ]) {
      expect((await errorOf(await ask(user, { settings }))).status).toBe(400);
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
    const { readout, text } = await readUiStream(await ask(user, { settings: { format: "json" } }));
    expect([readout.status, typeof JSON.parse(text)]).toEqual(["complete", "object"]);
    expect(requestsTo(CHAT_PATH)[0]?.body).toMatchObject({
      response_format: { type: "json_object" },
    });
  });

  it("15 an error that comes with a 200 is an error", async () => {
    answerWith(CHAT_PATH, 200, { error: { message: "insufficient balance" } });
    expect((await answerOf({})).readout).toMatchObject({
      status: "failed",
      errorCode: "balance_empty",
    });
    answerWith("/openapi/v1/users/me", 200, { error: "invalid_grant", error_description: "x" });
    const user = await createUser({ token: HEALTHY_TOKEN });
    const report = await (await call(checkToken, { method: "POST", user, body: {} })).json();
    expect(report.lights[0]).toMatchObject({ state: "failed", reason: "wrong" });
  });

  it("16 a call that hangs is given up within its budget, and its socket closed", async () => {
    const { getSettings } = await import("@/lib/server/env");
    const settings = getSettings();
    const before = settings.RUN_HEADERS_MS;
    settings.RUN_HEADERS_MS = 100;
    const { readout } = await answerOf({ model: "simulator/stall-headers" });
    settings.RUN_HEADERS_MS = before;
    expect(readout).toMatchObject({ status: "failed", errorCode: "timeout" });
    await waitFor(async () => requestsTo(CHAT_PATH)[0]?.isClosedEarly);
  });

  it("17 errors of the backends are typed by status, and their insides not shown", async () => {
    const java = `JSON parse error: Cannot deserialize value\n\tat com.example.Backend.handle(Backend.java:42)\n${"\tat x\n".repeat(200)}`;
    answerWith(CHAT_PATH, 500, { error: { message: java } });
    const failed = await answerOf({});
    expect(failed.readout).toMatchObject({ errorCode: "upstream_down", errorText: null });
    answerWith(CHAT_PATH, 400, { code: "InvalidParameter", message: java });
    const refused = await answerOf({});
    expect(refused.readout.errorCode).toBe("bad_request");
    expect(refused.readout.errorText?.length).toBeLessThanOrEqual(300);
    expect(refused.readout.errorText).not.toContain("\n");
  });
});
