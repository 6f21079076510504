import "server-only";
import { cleanText } from "@/lib/shared/clean-text";
import type { AppError } from "@/lib/shared/errors";
import { readRefusal, toUpstreamError } from "./errors";

export type TokenCounts = {
  inputTokens: number;
  outputTokens: number;
  reasoningTokens: number | null;
};

/** What one upstream frame says. `null` fields say nothing. */
export type ChatDelta = {
  text: string;
  reasoning: string;
  finishReason: string | null;
  usage: TokenCounts | null;
};

const MAX_REASON_LENGTH = 50;
const MAX_COUNT = 2 ** 31 - 1;

const asRecord = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
const asText = (value: unknown) => (typeof value === "string" ? value : "");
const asCount = (value: unknown) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_COUNT
    ? value
    : null;

/** Token counts of a frame; null for zeros, which are placeholders, and for anything that is no count. */
function readUsage(value: unknown): TokenCounts | null {
  const usage = asRecord(value);
  const inputTokens = asCount(usage?.prompt_tokens);
  const outputTokens = asCount(usage?.completion_tokens);
  if (inputTokens === null || outputTokens === null || inputTokens + outputTokens === 0)
    return null;
  const details = asRecord(usage?.completion_tokens_details);
  return { inputTokens, outputTokens, reasoningTokens: asCount(details?.reasoning_tokens) };
}

/**
 * Reads one frame of an OpenAI-compatible stream, or a whole completion. Null, "" and absent are
 * the same; `choices` may be absent, null or empty. Returns the typed error where the frame is one,
 * null where it is no object.
 */
export function readChatFrame(frame: unknown): ChatDelta | AppError | null {
  const top = asRecord(frame);
  if (!top) return null;
  const choice = Array.isArray(top.choices) ? asRecord(top.choices[0]) : null;
  if (!choice && readRefusal(top)) return toUpstreamError(0, JSON.stringify(top));
  const delta = asRecord(choice?.delta);
  const message = asRecord(choice?.message);
  const pick = (key: string) => asText(delta?.[key]) || asText(message?.[key]);
  return {
    text: pick("content"),
    reasoning: pick("reasoning_content") || pick("reasoning"),
    finishReason: cleanText(asText(choice?.finish_reason)).slice(0, MAX_REASON_LENGTH) || null,
    usage: readUsage(top.usage),
  };
}
