import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";
import { type AnswerCall, type OpenAnswer, openAnswer } from "../modelscope/open-answer";

const MAX_RETRIES = 2;

/**
 * How long to wait before a retry, in milliseconds: what `Retry-After` said, or a random time below
 * a bound that doubles ("full jitter"), so that callers refused together do not come back together.
 */
export function retryDelayMs(attempt: number, retryAfterSeconds: number | undefined): number {
  const { RUN_RETRY_MS } = getSettings();
  const jitterMs = Math.random() * RUN_RETRY_MS * 2 ** attempt;
  if (retryAfterSeconds === undefined) return jitterMs;
  return retryAfterSeconds * 1_000 + Math.random() * RUN_RETRY_MS;
}

/**
 * Opens an answer; a passing 429 is tried again, at most twice, and told to `onWait` each time. No
 * other refusal is: each may cost, and none would end differently. Nothing has reached a reader yet.
 */
export async function openWithRetries(
  call: AnswerCall,
  signal: AbortSignal,
  onWait: (delayMs: number) => void,
): Promise<OpenAnswer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openAnswer(call, signal);
    } catch (error) {
      const isPassing = error instanceof AppError && error.code === "rate_limited";
      if (!isPassing || attempt >= MAX_RETRIES || signal.aborted) throw error;
      const delayMs = retryDelayMs(attempt, error.retryAfterSeconds);
      onWait(delayMs);
      await pause(delayMs, undefined, { signal });
    }
  }
}
