import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import { now } from "../clock";
import { logFault, logInfo } from "../log";
import type { AnswerCall, OpenAnswer } from "../modelscope/open-answer";
import { noteOutcome } from "./breaker";
import { decideEnding, isChargedEnding } from "./ending";
import { createIntake } from "./intake";
import { waitForTurn, wakeLane } from "./lane";
import { noteAcceptance, noteLimits, noteRefusal } from "./learnt";
import { isActive, type LiveRun, toReadout } from "./live-run";
import { endReading, send } from "./readers";
import { createRecorder, recordEnding } from "./recorder";
import { addLiveRun, removeLiveRun } from "./registry";
import { openWithRetries } from "./retry";
import { toClosing, toStatus } from "./ui-stream";
import { createWatchdog } from "./watchdog";

type RunIdentity = Pick<
  LiveRun,
  "id" | "userId" | "conversationId" | "messageId" | "parentId" | "model" | "startedAt" | "calledAt"
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
    place: 0,
    firstTokenAt: null,
    textAt: null,
    endedAt: null,
    upstreamRequestId: null,
    retryAt: null,
    ended: Promise.resolve(),
    subscribers: new Set(),
    abort: new AbortController(),
  };
  addLiveRun(run);
  run.ended = produce(run, { call, site: call.site, isDoubted: call.isDoubted ?? false }).catch(
    (error) => logFault("run producer broke", error, { runId: run.id }),
  );
  return run;
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
    if (!run.calledAt) await enter(run);
    watchdog.onCall();
    const answer = await open(run, question);
    hasAnswered = true;
    watchdog.onHeaders();
    run.upstreamRequestId = answer.requestId;
    void noteLimits(run, answer.limits);
    await answer.read(createIntake(run, { onText: recorder.onText, watchdog }));
    Object.assign(run, decideEnding(run, null, hasAnswered));
  } catch (error) {
    const reason: unknown = run.abort.signal.aborted ? run.abort.signal.reason : error;
    if (reason instanceof AppError) takeRefusal(run, reason, question.site);
    else logFault("run broke off", reason, { runId: run.id });
    Object.assign(run, decideEnding(run, reason, hasAnswered));
  } finally {
    watchdog.stop();
    noteHealth(run, question.site);
    if (question.isDoubted && run.firstTokenAt) void noteAcceptance(run);
    await recorder.stop();
    await finish(run);
  }
}

/** Waits for the turn in the lane and tells the readers the place. */
async function enter(run: LiveRun): Promise<void> {
  run.calledAt = await waitForTurn({
    id: run.id,
    userId: run.userId,
    isRun: true,
    signal: run.abort.signal,
    onPlace: (place) => {
      run.place = place;
      send(run, toStatus(run));
    },
  });
}

async function open(run: LiveRun, question: Question): Promise<OpenAnswer> {
  if (!question.call) throw new Error("a question is asked once");
  const answer = await openWithRetries(question.call, run.abort.signal, (delayMs) => {
    run.retryAt = new Date(now().getTime() + delayMs);
    send(run, toStatus(run));
  });
  run.retryAt = null;
  question.call = null;
  return answer;
}

/** What the ending says of the model: nothing, where it was not asked or someone stopped it. */
function noteHealth(run: LiveRun, site: Site): void {
  if (!run.calledAt) return;
  const code = run.status === "stopped" ? "stopped" : run.errorCode;
  noteOutcome({ site, model: run.model }, run.firstTokenAt ? null : code);
}

function takeRefusal(run: LiveRun, refusal: AppError, site: Site): void {
  run.upstreamRequestId ??= refusal.upstreamRequestId;
  run.errorText = refusal.upstreamText;
  void noteRefusal(run, refusal, site);
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
    isCall: isChargedEnding(run.status, run.calledAt !== null),
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    tokenSource: usage ? "reported" : "none",
    calledAt: run.calledAt,
    firstTokenAt: run.firstTokenAt,
    textAt: run.textAt,
    endedAt: run.endedAt,
    upstreamRequestId: run.upstreamRequestId,
  });
  // What the reader sees as finished is stored; while the database is away it waits one second.
  const isStored = await Promise.race([
    stored.then(() => true),
    new Promise<false>((resolve) => setTimeout(resolve, 1_000, false)),
  ]);
  endReading(run, toClosing(run, toReadout(run), { isStored }));
  wakeLane(run.userId);
  logInfo("run ended", {
    runId: run.id,
    status,
    code: errorCode,
    ms: run.endedAt.getTime() - run.startedAt.getTime(),
  });
  await stored;
  removeLiveRun(run.id);
}
