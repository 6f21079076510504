import "server-only";
import { AppError, type ErrorCode } from "@/lib/shared/errors";

type Progress = {
  text: string;
  reasoning: string;
  toolCalls: readonly unknown[];
  finishReason: string | null;
};

export type Ending = {
  status: "complete" | "stopped" | "interrupted" | "failed";
  errorCode: ErrorCode | null;
};

/**
 * How a run ended. `complete` needs content and a finish reason. A stop that was asked for is
 * `stopped`. What broke off with content, stalled after ModelScope had answered, or was cut by our
 * own restart is `interrupted` with its text kept. The rest is `failed`. `reason` is what was thrown
 * or aborted with, null where the stream ended by itself; `hasAnswered` whether headers came.
 */
export function decideEnding(progress: Progress, reason: unknown, hasAnswered: boolean): Ending {
  const { text, reasoning, toolCalls } = progress;
  const hasContent = text !== "" || reasoning !== "" || toolCalls.length > 0;
  const code = reason instanceof AppError ? reason.code : null;
  if (code === "stopped") return { status: "stopped", errorCode: null };
  // The answer was complete; what broke after its finish reason can only have been the usage.
  const isWhole = hasContent && progress.finishReason !== null;
  if (isWhole) return { status: "complete", errorCode: null };
  if (reason === null) return endByItself(hasContent);
  const isCut = code === "restarting" || (code === "timeout" && hasAnswered);
  if (hasContent || isCut) return { status: "interrupted", errorCode: code ?? "interrupted" };
  return { status: "failed", errorCode: code ?? "upstream_down" };
}

function endByItself(hasContent: boolean): Ending {
  return hasContent
    ? { status: "interrupted", errorCode: "interrupted" }
    : { status: "failed", errorCode: "empty_answer" };
}

/**
 * Whether an ending is booked as a call: ModelScope charges all but what it refused or failed, and
 * what never reached it.
 */
export function isChargedEnding(status: string, wasAsked = true): boolean {
  return wasAsked && status !== "failed";
}
