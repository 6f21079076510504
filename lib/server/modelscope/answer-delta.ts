import "server-only";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import { asCount } from "./loose-json";

export type TokenCounts = {
  inputTokens: number;
  outputTokens: number;
  reasoningTokens: number | null;
};

/** A piece of a tool call: pieces of one index belong together; null where the frame names none. */
export type ToolFragment = { index: number | null; id: string; name: string; arguments: string };

/** What one upstream frame says, in either protocol. Empty and `null` fields say nothing. */
export type AnswerDelta = {
  text: string;
  reasoning: string;
  tools: readonly ToolFragment[];
  finishReason: string | null;
  usage: TokenCounts | null;
  isEnd: boolean;
};

/** Everything that arrived in one read of the upstream, merged. */
export type AnswerBatch = {
  text: string;
  reasoning: string;
  /** All calls so far, where this batch changed them. */
  toolCalls: ToolCall[] | null;
  finishReason: string | null;
  usage: TokenCounts | null;
};

/** Token counts; null for zeros, which are placeholders, and for anything that is no count. */
export function toTokenCounts(
  input: unknown,
  output: unknown,
  reasoning: unknown = null,
): TokenCounts | null {
  const inputTokens = asCount(input);
  const outputTokens = asCount(output);
  if (inputTokens === null || outputTokens === null || inputTokens + outputTokens === 0)
    return null;
  return { inputTokens, outputTokens, reasoningTokens: asCount(reasoning) };
}

const NO_TOOLS: readonly ToolFragment[] = [];

/** A frame that says nothing but `part`. */
export function toDelta(part: Partial<AnswerDelta>): AnswerDelta {
  return {
    text: "",
    reasoning: "",
    tools: NO_TOOLS,
    finishReason: null,
    usage: null,
    isEnd: false,
    ...part,
  };
}

/** A finish reason is one word; anything else is told as `other`. DashScope says "null" for none. */
export function toFinishReason(value: string): string | null {
  if (!value || value === "null") return null;
  return /^[a-z_]{1,40}$/.test(value) ? value : "other";
}
