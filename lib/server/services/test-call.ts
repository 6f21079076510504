import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { toHalfCredits } from "@/lib/shared/magicubes";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { endTestCall, insertTestCall } from "../db/test-calls";
import type { TokenCounts } from "../modelscope/answer-delta";
import { openAnswer } from "../modelscope/open-answer";
import { decideEnding, isChargedEnding } from "../runs/ending";

const MAX_TOKENS = 16;
const TOTAL_TIMEOUT_MS = 60_000;

type Progress = {
  hasAnswered: boolean;
  text: string;
  reasoning: string;
  toolCalls: readonly [];
  finishReason: string | null;
  usage: TokenCounts | null;
  requestId: string | null;
};

/** Asks and reads to the end; what came stays in `progress`. Answers why it broke off, null where it did not. */
async function read(call: Parameters<typeof openAnswer>[0], progress: Progress): Promise<unknown> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new AppError("timeout")), TOTAL_TIMEOUT_MS);
  try {
    const answer = await openAnswer(call, abort.signal);
    progress.hasAnswered = true;
    progress.requestId = answer.requestId;
    for await (const batch of answer.batches) {
      progress.usage = batch.usage ?? progress.usage;
      progress.finishReason = batch.finishReason ?? progress.finishReason;
      progress.text += batch.text;
      progress.reasoning += batch.reasoning;
    }
    return null;
  } catch (error) {
    return abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One short call that is only to show that a model answers; booked like every other. Throws the
 * typed error of what went wrong.
 */
export async function makeTestCall(
  userId: UserId,
  access: { token: Secret; site: Site },
  { model, price }: { model: string; price: number | null },
): Promise<void> {
  const startedAt = now();
  const id = newId("usage");
  await insertTestCall(userId, {
    id,
    model,
    day: toLedgerDay(startedAt),
    priceHalfCredits: toHalfCredits(price),
    startedAt,
  });
  const progress: Progress = {
    hasAnswered: false,
    text: "",
    reasoning: "",
    toolCalls: [],
    finishReason: null,
    usage: null,
    requestId: null,
  };
  const settings = { maxTokens: MAX_TOKENS, thinking: false };
  const turns = [{ role: "user", text: "Say OK." }] as const;
  const reason = await read({ ...access, model, settings, turns }, progress);
  const ending = decideEnding(progress, reason, progress.hasAnswered);
  const isCall = isChargedEnding(ending.status);
  await endTestCall(id, {
    ...ending,
    isCall,
    usage: isCall ? progress.usage : null,
    requestId: progress.requestId,
    endedAt: now(),
  });
  if (reason instanceof AppError) throw reason;
  if (ending.errorCode) throw new AppError(ending.errorCode, { cause: reason });
}
