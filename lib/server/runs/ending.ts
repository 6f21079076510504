import "server-only";
import { AppError, type ErrorCode } from "@/lib/shared/errors";

type Progress = { text: string; reasoning: string; finishReason: string | null };

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
  const hasContent = progress.text !== "" || progress.reasoning !== "";
  const code = reason instanceof AppError ? reason.code : null;
  if (code === "stopped") return { status: "stopped", errorCode: null };
  if (reason === null) return endByItself(progress, hasContent);
  const isCut = code === "restarting" || (code === "timeout" && hasAnswered);
  if (hasContent || isCut) return { status: "interrupted", errorCode: code ?? "interrupted" };
  return { status: "failed", errorCode: code ?? "upstream_down" };
}

function endByItself({ finishReason }: Progress, hasContent: boolean): Ending {
  if (!hasContent) return { status: "failed", errorCode: "empty_answer" };
  if (finishReason === null) return { status: "interrupted", errorCode: "interrupted" };
  return { status: "complete", errorCode: null };
}

/** Whether an ending is booked as a call: ModelScope charges what it began to answer, not what it refused. */
export function isChargedEnding(status: string, hasAnswered: boolean): boolean {
  return hasAnswered && status !== "failed";
}
