import "server-only";
import type { RunReadout } from "@/lib/shared/schemas/chat";

type StoredReadout = {
  id: string;
  status: RunReadout["status"];
  model: string;
  errorCode: string | null;
  startedAt: Date;
  firstTokenAt: Date | null;
  endedAt: Date | null;
  inputTokens: number | null;
  outputTokens: number | null;
  tokenSource: RunReadout["tokenSource"];
  upstreamRequestId: string | null;
};

/** The numbers under an answer, from its row. */
export function toStoredReadout(row: StoredReadout): RunReadout {
  const since = (at: Date | null) => (at ? at.getTime() - row.startedAt.getTime() : null);
  return {
    runId: row.id,
    status: row.status,
    model: row.model,
    errorCode: row.errorCode,
    startedAt: row.startedAt.toISOString(),
    firstTokenMs: since(row.firstTokenAt),
    totalMs: since(row.endedAt),
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    tokenSource: row.tokenSource,
    upstreamRequestId: row.upstreamRequestId,
  };
}
