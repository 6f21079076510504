import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { RunReadout, RunStatus, ToolCall } from "@/lib/shared/schemas/chat";
import type { TokenCounts } from "../modelscope/answer-delta";
import { toStoredReadout } from "./run-view";

/** One reader of a run: a browser tab. */
export type Subscriber = {
  write: (bytes: Uint8Array) => void;
  /** The last bytes; nothing follows. */
  end: (closing: Uint8Array) => void;
};

/** A run that this process produces. Everything here is also in, or on its way to, its row. */
export type LiveRun = {
  readonly id: string;
  readonly userId: UserId;
  readonly conversationId: string;
  readonly messageId: string;
  /** The question that it answers. */
  readonly parentId: string | null;
  readonly model: string;
  readonly startedAt: Date;
  status: RunStatus;
  text: string;
  reasoning: string;
  toolCalls: readonly ToolCall[];
  finishReason: string | null;
  errorCode: string | null;
  errorText: string | null;
  usage: TokenCounts | null;
  /** When its turn in the lane came; null = it waits, or never got there. */
  calledAt: Date | null;
  /** Calls of the same token before it; 0 = its turn. */
  place: number;
  firstTokenAt: Date | null;
  /** When the reasoning was over and the answer began. */
  textAt: Date | null;
  endedAt: Date | null;
  upstreamRequestId: string | null;
  /** When ModelScope is asked again, while it is busy. */
  retryAt: Date | null;
  /** Resolves when the ending is stored, or given up for now. */
  ended: Promise<void>;
  readonly subscribers: Set<Subscriber>;
  readonly abort: AbortController;
};

export function isActive({ status }: { status: RunStatus }): boolean {
  return status === "queued" || status === "streaming";
}

/** Letters of all calls' arguments, one for each call added. */
export function lengthOfCalls(toolCalls: readonly ToolCall[]): number {
  return toolCalls.reduce((sum, call) => sum + 1 + call.arguments.length, 0);
}

/** The calls with an equal share of `maxLength` letters each. */
export function cutCalls(toolCalls: readonly ToolCall[], maxLength: number): ToolCall[] {
  const share = Math.floor(maxLength / toolCalls.length) - 1;
  return toolCalls.map((call) => ({
    ...call,
    arguments: call.arguments.slice(0, share).toWellFormed(),
  }));
}

/** The numbers shown under an answer. */
export function toReadout({ usage, ...run }: LiveRun): RunReadout {
  return toStoredReadout({
    ...run,
    inputTokens: usage?.inputTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    tokenSource: usage ? "reported" : "none",
  });
}
