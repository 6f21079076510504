import "server-only";
import { z } from "zod";
import { type RunReadout, type ToolCall, toolCallSchema } from "@/lib/shared/schemas/chat";

type StoredReadout = {
  id: string;
  status: RunReadout["status"];
  model: string;
  errorCode: string | null;
  errorText: string | null;
  startedAt: Date;
  firstTokenAt: Date | null;
  endedAt: Date | null;
  inputTokens: number | null;
  outputTokens: number | null;
  tokenSource: RunReadout["tokenSource"];
  upstreamRequestId: string | null;
};

const storedCallsSchema = z.array(toolCallSchema);

/** Tool calls as they were stored; none where there are none. */
export function toToolCalls(stored: unknown): ToolCall[] {
  return storedCallsSchema.safeParse(stored).data ?? [];
}

/** The numbers under an answer, from its row. */
export function toStoredReadout(row: StoredReadout): RunReadout {
  const since = (at: Date | null) => (at ? at.getTime() - row.startedAt.getTime() : null);
  return {
    runId: row.id,
    status: row.status,
    model: row.model,
    errorCode: row.errorCode,
    errorText: row.errorText,
    startedAt: row.startedAt.toISOString(),
    firstTokenMs: since(row.firstTokenAt),
    totalMs: since(row.endedAt),
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    tokenSource: row.tokenSource,
    upstreamRequestId: row.upstreamRequestId,
  };
}
