import "server-only";
import {
  type AnswerDelta,
  type TokenCounts,
  type ToolFragment,
  toFinishReason,
} from "./answer-delta";
import { readRefusal } from "./errors";
import { asCount, asRecord, asText } from "./loose-json";

/** Token counts of a frame; null for zeros, which are placeholders, and for anything that is no count. */
function readUsage(value: unknown): TokenCounts | null {
  const usage = asRecord(value);
  if (!usage) return null;
  const inputTokens = asCount(usage.prompt_tokens);
  const outputTokens = asCount(usage.completion_tokens);
  if (inputTokens === null || outputTokens === null || inputTokens + outputTokens === 0)
    return null;
  const details = asRecord(usage.completion_tokens_details);
  return { inputTokens, outputTokens, reasoningTokens: asCount(details?.reasoning_tokens) };
}

/** Later pieces may have an empty or null id and name; a piece without an index belongs to the first call. */
function readTools(value: unknown): ToolFragment[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const call = asRecord(item);
    if (!call) return [];
    const fn = asRecord(call.function);
    return {
      index: asCount(call.index) ?? 0,
      id: asText(call.id),
      name: asText(fn?.name),
      arguments: asText(fn?.arguments),
    };
  });
}

/**
 * Reads one frame of an OpenAI-compatible stream, or a whole completion. Null, "" and absent are
 * the same; `choices` may be absent, null or empty. `"error"` where the frame is one, null where it
 * is no object.
 */
export function readChatFrame(frame: unknown): AnswerDelta | "error" | null {
  const top = asRecord(frame);
  if (!top) return null;
  const choice = Array.isArray(top.choices) ? asRecord(top.choices[0]) : null;
  if (!choice && readRefusal(top)) return "error";
  const delta = asRecord(choice?.delta);
  const message = asRecord(choice?.message);
  const pick = (key: string) => asText(delta?.[key]) || asText(message?.[key]);
  const tools = readTools(delta?.tool_calls);
  return {
    text: pick("content"),
    reasoning: pick("reasoning_content") || pick("reasoning"),
    tools: tools.length > 0 ? tools : readTools(message?.tool_calls),
    finishReason: toFinishReason(asText(choice?.finish_reason)),
    usage: readUsage(top.usage),
    isEnd: false,
  };
}
