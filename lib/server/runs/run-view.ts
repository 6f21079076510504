import "server-only";
import { z } from "zod";
import {
  type RunReadout,
  type ToolCall,
  type ToolResult,
  toolCallSchema,
  toolResultSchema,
} from "@/lib/shared/schemas/chat";

type StoredReadout = {
  id: string;
  status: RunReadout["status"];
  model: string;
  errorCode: string | null;
  errorText: string | null;
  startedAt: Date;
  calledAt: Date | null;
  firstTokenAt: Date | null;
  textAt: Date | null;
  endedAt: Date | null;
  inputTokens: number | null;
  outputTokens: number | null;
  tokenSource: RunReadout["tokenSource"];
  upstreamRequestId: string | null;
};

const storedCallsSchema = z.array(toolCallSchema);

const storedResultsSchema = z.array(toolResultSchema);

/** Results of tool calls as they were stored; none where there are none. */
export function toToolResults(stored: unknown): ToolResult[] {
  return storedResultsSchema.safeParse(stored).data ?? [];
}

/** Tool calls as they were stored; none where there are none. */
export function toToolCalls(stored: unknown): ToolCall[] {
  return storedCallsSchema.safeParse(stored).data ?? [];
}

/** The numbers under an answer, from its row. */
export function toStoredReadout(row: StoredReadout): RunReadout {
  const calledAt = row.calledAt ?? row.startedAt;
  const since = (at: Date | null) => (at ? Math.max(0, at.getTime() - calledAt.getTime()) : null);
  return {
    runId: row.id,
    status: row.status,
    model: row.model,
    errorCode: row.errorCode,
    errorText: row.errorText,
    startedAt: row.startedAt.toISOString(),
    queuedMs: row.calledAt && Math.max(0, row.calledAt.getTime() - row.startedAt.getTime()),
    firstTokenMs: since(row.firstTokenAt),
    thoughtMs:
      row.textAt && row.firstTokenAt ? row.textAt.getTime() - row.firstTokenAt.getTime() : null,
    totalMs: since(row.endedAt),
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    tokenSource: row.tokenSource,
    upstreamRequestId: row.upstreamRequestId,
  };
}
