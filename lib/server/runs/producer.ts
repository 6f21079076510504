import "server-only";
import { AppError } from "@/lib/shared/errors";
import { now } from "../clock";
import { updateTokenState } from "../db/tokens";
import { getSettings } from "../env";
import { logFault, logInfo } from "../log";
import { type ChatBatch, type ChatCall, openChat } from "../modelscope/chat";
import { decideEnding, isChargedEnding } from "./ending";
import { isActive, type LiveRun, toReadout } from "./live-run";
import { createRecorder, recordEnding } from "./recorder";
import { addLiveRun, removeLiveRun } from "./registry";
import { createTextJoiner } from "./text";
import { toClosing, toDelta, toProgress } from "./ui-stream";
import { createWatchdog } from "./watchdog";

type RunIdentity = Pick<
  LiveRun,
  "id" | "userId" | "conversationId" | "messageId" | "model" | "startedAt"
>;

/**
 * Starts producing a run whose row is written: the server owns it from here, whoever reads. The
 * returned run is live at once; subscribe with `followLiveRun`.
 */
export function startRun(identity: RunIdentity, call: ChatCall): LiveRun {
  const run: LiveRun = {
    ...identity,
    status: "queued",
    text: "",
    reasoning: "",
    finishReason: null,
    errorCode: null,
    usage: null,
    firstTokenAt: null,
    endedAt: null,
    upstreamRequestId: null,
    subscribers: new Set(),
    abort: new AbortController(),
  };
  addLiveRun(run);
  void produce(run, call).catch((error) =>
    logFault("run producer broke", error, { runId: run.id }),
  );
  return run;
}

function send(run: LiveRun, bytes: Uint8Array): void {
  for (const subscriber of run.subscribers) {
    try {
      subscriber.write(bytes);
    } catch {
      run.subscribers.delete(subscriber); // the reader left between two events
    }
  }
}

async function produce(run: LiveRun, call: ChatCall): Promise<void> {
  const recorder = createRecorder(run);
  const watchdog = createWatchdog(run.abort);
  let hasAnswered = false;
  try {
    const { requestId, batches } = await openChat(call, run.abort.signal);
    hasAnswered = true;
    watchdog.onHeaders();
    run.upstreamRequestId = requestId;
    await readAll(run, batches, { onText: recorder.onText, watchdog });
    Object.assign(run, decideEnding(run, null, hasAnswered));
  } catch (error) {
    const reason: unknown = run.abort.signal.aborted ? run.abort.signal.reason : error;
    if (reason instanceof AppError) noteRefusal(run, reason);
    else logFault("run broke off", reason, { runId: run.id });
    Object.assign(run, decideEnding(run, reason, hasAnswered));
  } finally {
    watchdog.stop();
    await recorder.stop();
    await finish(run);
  }
}

/** Keeps what a refusal tells: its request id, and that the token is no longer accepted. */
function noteRefusal(run: LiveRun, refusal: AppError): void {
  run.upstreamRequestId ??= refusal.upstreamRequestId;
  if (refusal.code !== "invalid_token") return;
  updateTokenState(run.userId, "invalid").catch((error) => logFault("token state", error));
}

/** Takes batch after batch into the run and to its readers. */
async function readAll(
  run: LiveRun,
  batches: AsyncGenerator<ChatBatch>,
  { onText, watchdog }: { onText: () => void; watchdog: ReturnType<typeof createWatchdog> },
): Promise<void> {
  const joinText = createTextJoiner();
  const joinReasoning = createTextJoiner();
  for await (const batch of batches) {
    const added = { text: joinText(batch.text), reasoning: joinReasoning(batch.reasoning) };
    run.usage = batch.usage ?? run.usage;
    run.finishReason = batch.finishReason ?? run.finishReason;
    const hasNews = added.text !== "" || added.reasoning !== "";
    if (hasNews) {
      grow(run, added);
      onText();
    }
    if (run.finishReason) watchdog.onFinish();
    else if (hasNews) watchdog.onContent();
    if (run.abort.signal.aborted) throw run.abort.signal.reason;
  }
}

/** Adds what came to the run and sends it to its readers. Throws `upstream_down` past the text cap. */
function grow(run: LiveRun, added: { text: string; reasoning: string }): void {
  if (!run.firstTokenAt) {
    run.status = "streaming";
    run.firstTokenAt = now();
    send(run, toProgress(run, toReadout(run)));
  }
  const bytes = toDelta(added, run);
  run.text += added.text;
  run.reasoning += added.reasoning;
  send(run, bytes);
  if (run.text.length + run.reasoning.length > getSettings().MAX_TEXT_BYTES) {
    throw new AppError("upstream_down");
  }
}

async function finish(run: LiveRun): Promise<void> {
  if (isActive(run)) throw new Error("a run was finished before it was settled");
  run.endedAt = now();
  const { status, text, reasoning, finishReason, errorCode } = run;
  // What failed is an attempt, and an attempt has no tokens, whatever a frame said.
  const usage = status === "failed" ? null : run.usage;
  const stored = recordEnding(run.id, {
    status: status as "complete" | "stopped" | "interrupted" | "failed",
    text,
    reasoning,
    finishReason,
    errorCode,
    isCall: isChargedEnding(run.status),
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    tokenSource: usage ? "reported" : "none",
    firstTokenAt: run.firstTokenAt,
    endedAt: run.endedAt,
    upstreamRequestId: run.upstreamRequestId,
  });
  // What the reader sees as finished is stored; while the database is away it waits one second.
  await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, 1_000))]);
  send(run, toClosing(run, toReadout(run)));
  for (const subscriber of run.subscribers) subscriber.end();
  run.subscribers.clear();
  logInfo("run ended", {
    runId: run.id,
    status,
    code: errorCode,
    ms: run.endedAt.getTime() - run.startedAt.getTime(),
  });
  await stored;
  removeLiveRun(run.id);
}
