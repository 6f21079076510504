import "server-only";
import {
  type AnswerDelta,
  type TokenCounts,
  type ToolFragment,
  toFinishReason,
  toTokenCounts,
} from "./answer-delta";
import { readRefusal } from "./errors";
import { asCount, asRecord, asText } from "./loose-json";

function readUsage(value: unknown): TokenCounts | null {
  const usage = asRecord(value);
  const details = asRecord(usage?.completion_tokens_details);
  return toTokenCounts(usage?.prompt_tokens, usage?.completion_tokens, details?.reasoning_tokens);
}

/** Later pieces may have an empty or null id and name; some backends leave the index out. */
function readTools(value: unknown): ToolFragment[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const call = asRecord(item);
    if (!call) return [];
    const fn = asRecord(call.function);
    return {
      index: asCount(call.index),
      id: asText(call.id),
      name: asText(fn?.name),
      arguments: asText(fn?.arguments),
    };
  });
}

/** The first answer; we never ask for several. */
function findChoice(value: unknown): Record<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const choices = value.map(asRecord);
  return choices.find((choice) => choice && (asCount(choice.index) ?? 0) === 0) ?? null;
}

function read(frame: unknown, part: "delta" | "message"): AnswerDelta | "error" | null {
  const top = asRecord(frame);
  if (!top) return null;
  const choice = findChoice(top.choices);
  const saysError = asRecord(top.error) ?? asRecord(top.errors);
  if (saysError || (!choice && readRefusal(top))) return "error";
  const said = asRecord(choice?.[part]);
  return {
    text: asText(said?.content),
    reasoning: asText(said?.reasoning_content) || asText(said?.reasoning),
    tools: readTools(said?.tool_calls),
    finishReason: toFinishReason(asText(choice?.finish_reason)),
    usage: readUsage(top.usage),
    isEnd: false,
  };
}

/**
 * Reads one frame of an OpenAI-compatible stream. Null, "" and absent are the same; `choices` may be
 * absent, null or empty. `"error"` where the frame is one, null where it is no object.
 */
export const readChatFrame = (frame: unknown) => read(frame, "delta");

/** Reads a completion that came whole: ModelScope puts an empty `delta` beside its `message`. */
export const readChatDocument = (document: unknown) => read(document, "message");
