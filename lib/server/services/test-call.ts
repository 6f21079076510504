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

const MAX_TOKENS = 16;
const TOTAL_TIMEOUT_MS = 60_000;

/** Reads an answer to its end. Throws `empty_answer` where there was none. */
async function readAnswer(
  call: Parameters<typeof openAnswer>[0],
): Promise<{ usage: TokenCounts | null; requestId: string | null }> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new AppError("timeout")), TOTAL_TIMEOUT_MS);
  let usage: TokenCounts | null = null;
  let hasContent = false;
  try {
    const answer = await openAnswer(call, abort.signal);
    for await (const batch of answer.batches) {
      usage = batch.usage ?? usage;
      hasContent ||= batch.text !== "" || batch.reasoning !== "";
    }
    if (!hasContent) throw new AppError("empty_answer");
    return { usage, requestId: answer.requestId };
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
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
  try {
    const { usage, requestId } = await readAnswer({
      ...access,
      model,
      settings: { maxTokens: MAX_TOKENS, thinking: false },
      turns: [{ role: "user", text: "Say OK." }],
    });
    const tokens = { inputTokens: usage?.inputTokens, outputTokens: usage?.outputTokens };
    await endTestCall(id, {
      status: "complete",
      errorCode: null,
      isCall: true,
      ...tokens,
      requestId,
    });
  } catch (error) {
    const errorCode = error instanceof AppError ? error.code : "upstream_down";
    await endTestCall(id, { status: "failed", errorCode, isCall: false, requestId: null });
    throw error instanceof AppError ? error : new AppError("upstream_down", { cause: error });
  }
}
