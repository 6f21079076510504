import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import type { Site } from "@/lib/shared/schemas/token";
import { now } from "../clock";
import { getSettings } from "../env";
import { logFault, logInfo } from "../log";
import type { AnswerBatch } from "../modelscope/answer-delta";
import type { AnswerCall, OpenAnswer } from "../modelscope/open-answer";
import { decideEnding, isChargedEnding } from "./ending";
import { noteAcceptance, noteLimits, noteRefusal } from "./learnt";
import { cutCalls, isActive, type LiveRun, lengthOfCalls, toReadout } from "./live-run";
import { createRecorder, recordEnding } from "./recorder";
import { addLiveRun, removeLiveRun } from "./registry";
import { openWithRetries } from "./retry";
import { createTextJoiner } from "./text";
import { toClosing, toDelta, toProgress, toStatus, toToolCalls } from "./ui-stream";
import { createWatchdog } from "./watchdog";

type RunIdentity = Pick<
  LiveRun,
  "id" | "userId" | "conversationId" | "messageId" | "model" | "startedAt"
>;

/**
 * Starts producing a run whose row is written: the server owns it from here, whoever reads. The
 * returned run is live at once; subscribe with `followLiveRun`.
 */
export function startRun(identity: RunIdentity, call: AnswerCall): LiveRun {
  const run: LiveRun = {
    ...identity,
    status: "queued",
    text: "",
    reasoning: "",
    toolCalls: [],
    finishReason: null,
    errorCode: null,
    errorText: null,
    usage: null,
    firstTokenAt: null,
    endedAt: null,
    upstreamRequestId: null,
    retryAt: null,
    subscribers: new Set(),
    abort: new AbortController(),
  };
  addLiveRun(run);
  void produce(run, { call, site: call.site, isDoubted: call.isDoubted ?? false }).catch((error) =>
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

/** What is asked; let go of once it was sent, since pictures in it are large. */
type Question = {
  call: AnswerCall | null;
  readonly site: Site;
  /** The token was refused the last time, or never checked. */
  readonly isDoubted: boolean;
};

async function produce(run: LiveRun, question: Question): Promise<void> {
  const recorder = createRecorder(run);
  const watchdog = createWatchdog(run.abort);
  let hasAnswered = false;
  try {
    const answer = await open(run, question);
    hasAnswered = true;
    watchdog.onHeaders();
    run.upstreamRequestId = answer.requestId;
    void noteLimits(run, answer.limits);
    await readAll(run, answer.batches, { onText: recorder.onText, watchdog });
    Object.assign(run, decideEnding(run, null, hasAnswered));
  } catch (error) {
    const reason: unknown = run.abort.signal.aborted ? run.abort.signal.reason : error;
    if (reason instanceof AppError) takeRefusal(run, reason, question.site);
    else logFault("run broke off", reason, { runId: run.id });
    Object.assign(run, decideEnding(run, reason, hasAnswered));
  } finally {
    watchdog.stop();
    if (question.isDoubted && run.firstTokenAt) void noteAcceptance(run);
    await recorder.stop();
    await finish(run);
  }
}

async function open(run: LiveRun, question: Question): Promise<OpenAnswer> {
  if (!question.call) throw new Error("a question is asked once");
  const answer = await openWithRetries(question.call, run.abort.signal, (delayMs) => {
    run.retryAt = new Date(now().getTime() + delayMs);
    send(run, toStatus(run.status, run.retryAt));
  });
  run.retryAt = null;
  question.call = null;
  return answer;
}

function takeRefusal(run: LiveRun, refusal: AppError, site: Site): void {
  run.upstreamRequestId ??= refusal.upstreamRequestId;
  run.errorText = refusal.upstreamText;
  void noteRefusal(run, refusal, site);
}

/** Takes batch after batch into the run and to its readers. */
async function readAll(
  run: LiveRun,
  batches: AsyncGenerator<AnswerBatch>,
  { onText, watchdog }: { onText: () => void; watchdog: ReturnType<typeof createWatchdog> },
): Promise<void> {
  const joinText = createTextJoiner();
  const joinReasoning = createTextJoiner();
  for await (const batch of batches) {
    run.usage = batch.usage ?? run.usage;
    const added = { text: joinText(batch.text), reasoning: joinReasoning(batch.reasoning) };
    const hasNews = take(run, added, batch.toolCalls);
    run.finishReason = batch.finishReason ?? run.finishReason; // not where it was too long
    if (hasNews) onText();
    if (run.finishReason) watchdog.onFinish();
    else if (hasNews) watchdog.onContent();
    run.abort.signal.throwIfAborted();
  }
}

type Added = { text: string; reasoning: string };

/** Adds what came to the run and sends it to its readers; false where nothing came. */
function take(run: LiveRun, added: Added, toolCalls: readonly ToolCall[] | null): boolean {
  const hasText = added.text !== "" || added.reasoning !== "";
  if (!hasText && !toolCalls) return false;
  begin(run);
  if (hasText) grow(run, added);
  if (toolCalls) takeToolCalls(run, toolCalls);
  return true;
}

/** The first piece of an answer came. */
function begin(run: LiveRun): void {
  if (run.firstTokenAt) return;
  run.status = "streaming";
  run.firstTokenAt = now();
  send(run, toProgress(run, toReadout(run)));
}

/** Throws `upstream_down` past the text cap, with the beginning of each call kept. */
function takeToolCalls(run: LiveRun, toolCalls: readonly ToolCall[]): void {
  const { MAX_TEXT_BYTES } = getSettings();
  const isTooLong = lengthOfCalls(toolCalls) > MAX_TEXT_BYTES;
  run.toolCalls = isTooLong ? cutCalls(toolCalls, MAX_TEXT_BYTES) : toolCalls;
  send(run, toToolCalls(run.toolCalls));
  if (isTooLong) throw new AppError("upstream_down");
}

/** Throws `upstream_down` past the text cap. */
function grow(run: LiveRun, added: Added): void {
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
  // What failed is an attempt, and an attempt has no tokens, whatever a frame said.
  if (run.status === "failed") run.usage = null;
  const { status, text, reasoning, toolCalls, finishReason, errorCode, errorText, usage } = run;
  const stored = recordEnding(run.id, {
    status: status as "complete" | "stopped" | "interrupted" | "failed",
    text,
    reasoning,
    toolCalls,
    finishReason,
    errorCode,
    errorText,
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
