import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { now } from "../clock";
import { leaveLane, renewTurn } from "../db/lane";
import { endShortCall, insertShortCall } from "../db/short-calls";
import { getSettings } from "../env";
import { logFault } from "../log";
import type { TokenCounts } from "../modelscope/answer-delta";
import { type AnswerCall, openAnswer } from "../modelscope/open-answer";
import { decideEnding, isChargedEnding } from "../runs/ending";
import { waitForTurn, wakeLane } from "../runs/lane";
import { toLimitError } from "./limits";
import { toLedgerPrice } from "./prices";

const TOTAL_TIMEOUT_MS = 60_000;

type Progress = {
  calledAt: Date | null;
  hasAnswered: boolean;
  text: string;
  reasoning: string;
  toolCalls: readonly [];
  finishReason: string | null;
  usage: TokenCounts | null;
  requestId: string | null;
};

type Asked = { id: string; userId: UserId; call: AnswerCall };

/**
 * Waits, asks and reads to the end; what came stays in `progress`. Answers why it broke off, null
 * where it did not.
 */
async function read({ id, userId, call }: Asked, progress: Progress): Promise<unknown> {
  const abort = new AbortController();
  const { signal } = abort;
  const timer = setTimeout(() => abort.abort(new AppError("timeout")), TOTAL_TIMEOUT_MS);
  let renewal: NodeJS.Timeout | undefined;
  try {
    const onPlace = () => undefined;
    progress.calledAt = await waitForTurn({ id, userId, isRun: false, signal, onPlace });
    const { RUN_LEASE_MS } = getSettings();
    renewal = setInterval(() => {
      renewTurn(userId, id, RUN_LEASE_MS).catch((error) => logFault("lane not renewed", error));
    }, RUN_LEASE_MS / 3);
    const answer = await openAnswer(call, signal);
    progress.hasAnswered = true;
    progress.requestId = answer.requestId;
    await answer.read((batch) => {
      progress.usage = batch.usage ?? progress.usage;
      progress.finishReason = batch.finishReason ?? progress.finishReason;
      progress.text += batch.text;
      progress.reasoning += batch.reasoning;
    });
    return null;
  } catch (error) {
    return signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    clearInterval(renewal);
    await leaveLane(id).catch((error) => logFault("lane not left", error));
    wakeLane(userId);
  }
}

type ShortCall = {
  model: string;
  /** Magicubes; null where it is not known. */
  price: number | null;
  turns: readonly WireTurn[];
  maxTokens: number;
};

/**
 * One short call that belongs to no conversation, without reasoning: it waits in the lane and is
 * booked like every other. Answers its text; throws the typed error of what went wrong, or of a limit.
 */
export async function makeShortCall(
  userId: UserId,
  access: { token: Secret; site: Site },
  { model, price, turns, maxTokens }: ShortCall,
): Promise<string> {
  const startedAt = now();
  const id = newId("usage");
  const fault = await insertShortCall(userId, {
    id,
    model,
    day: toLedgerDay(startedAt),
    ...toLedgerPrice(access.site, model, price),
    startedAt,
  });
  if (fault) throw toLimitError(fault);
  const progress: Progress = {
    calledAt: null,
    hasAnswered: false,
    text: "",
    reasoning: "",
    toolCalls: [],
    finishReason: null,
    usage: null,
    requestId: null,
  };
  const settings = { maxTokens, thinking: false };
  const call = { ...access, model, settings, turns };
  const reason = await read({ id, userId, call }, progress);
  const ending = decideEnding(progress, reason, progress.hasAnswered);
  const isCall = isChargedEnding(ending.status, progress.calledAt !== null);
  await endShortCall(id, {
    ...ending,
    isCall,
    calledAt: progress.calledAt,
    usage: isCall ? progress.usage : null,
    requestId: progress.requestId,
    endedAt: now(),
  });
  if (reason instanceof AppError) throw reason;
  if (ending.errorCode) throw new AppError(ending.errorCode, { cause: reason });
  return progress.text;
}
