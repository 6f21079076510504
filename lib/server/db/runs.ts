import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/**
 * Rows that a producer may still write: active ones, and those that a sweeper took for lost while
 * their producer could not reach the database.
 */
const WRITABLE = `(status in ('queued', 'streaming') or (status = 'interrupted' and "errorCode" = 'interrupted'))`;

const toStoredCalls = (toolCalls: readonly object[]) =>
  toolCalls.length > 0 ? JSON.stringify(toolCalls) : null;

/** What an answer consists of. */
export const ANSWER = {
  id: true,
  status: true,
  model: true,
  text: true,
  reasoning: true,
  toolCalls: true,
  errorCode: true,
  errorText: true,
  startedAt: true,
  calledAt: true,
  firstTokenAt: true,
  textAt: true,
  endedAt: true,
  inputTokens: true,
  outputTokens: true,
  tokenSource: true,
  upstreamRequestId: true,
} as const;

const STORED = {
  ...ANSWER,
  conversationId: true,
  messageId: true,
  bodyHash: true,
  message: { select: { parentId: true } },
} as const;

export function findRun(userId: UserId, id: string) {
  return getDb().run.findFirst({ where: { id, userId }, select: STORED });
}

export function findRunByKey(userId: UserId, idempotencyKey: string) {
  return getDb().run.findFirst({ where: { userId, idempotencyKey }, select: STORED });
}

/**
 * Stores what has arrived so far and holds the lease for `leaseMs` more. Answers whether someone
 * asked for a stop; null where the run is no longer active.
 */
export async function saveCheckpoint(
  runId: string,
  part: {
    text: string;
    reasoning: string;
    toolCalls: readonly object[];
    firstTokenAt: Date | null;
    leaseMs: number;
  },
): Promise<{ stopRequested: boolean } | null> {
  const [row] = await queryNamed<{ stopRequested: boolean }>(
    "save-checkpoint",
    // Not worth waiting for the disk: the next one comes in a second, and the ending waits.
    `with hurry as (
       select set_config('synchronous_commit', 'off', true)
     ), lane as (
       update "LaneEntry" set "leaseUntil" = now() + $5 * interval '1 millisecond'
       where id = $1 and "leaseUntil" < now() + $5 * interval '0.7 millisecond'
     )
     update "Run" set status = 'streaming', text = $2, reasoning = $3, "firstTokenAt" = $4,
            "errorCode" = null, "endedAt" = null, "toolCalls" = $6::jsonb,
            "leaseUntil" = now() + $5 * interval '1 millisecond'
     from hurry where id = $1 and ${WRITABLE}
     returning "stopRequested"`,
    [
      runId,
      part.text,
      part.reasoning,
      part.firstTokenAt,
      part.leaseMs,
      toStoredCalls(part.toolCalls),
    ],
  );
  return row ?? null;
}

/** Holds the lease of a run whose text has not changed; the same answer as a checkpoint. */
export async function renewLease(
  runId: string,
  leaseMs: number,
): Promise<{ stopRequested: boolean } | null> {
  const [row] = await queryNamed<{ stopRequested: boolean }>(
    "renew-lease",
    `with lane as (
       update "LaneEntry" set "leaseUntil" = now() + $2 * interval '1 millisecond' where id = $1
     )
     update "Run" set "leaseUntil" = now() + $2 * interval '1 millisecond'
     where id = $1 and ${WRITABLE}
     returning "stopRequested"`,
    [runId, leaseMs],
  );
  return row ?? null;
}

/** Whether someone asked for a stop; null where the run is no longer active. */
export async function findStopRequest(runId: string): Promise<{ stopRequested: boolean } | null> {
  const [row] = await queryNamed<{ stopRequested: boolean }>(
    "find-stop-request",
    `select "stopRequested" from "Run" where id = $1 and ${WRITABLE}`,
    [runId],
  );
  return row ?? null;
}

export type RunEnding = {
  status: "complete" | "stopped" | "interrupted" | "failed";
  text: string;
  reasoning: string;
  toolCalls: readonly object[];
  finishReason: string | null;
  errorCode: string | null;
  errorText: string | null;
  /** Whether ModelScope is believed to have charged the call. */
  isCall: boolean;
  inputTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  tokenSource: "reported" | "none";
  /** When ModelScope was asked; null = never. */
  calledAt: Date | null;
  firstTokenAt: Date | null;
  textAt: Date | null;
  endedAt: Date;
  upstreamRequestId: string | null;
};

/**
 * Ends a run: run, answer and ledger row in one statement. False where it had ended before, or was
 * deleted with its conversation; its ledger row is settled all the same.
 */
export async function endRun(runId: string, ending: RunEnding): Promise<boolean> {
  const rows = await queryNamed(
    "end-run",
    `with run as (
       update "Run" set status = $2::"RunStatus", text = $3, reasoning = $4, "finishReason" = $5,
              "errorCode" = $6, "inputTokens" = $8, "outputTokens" = $9, "reasoningTokens" = $10,
              "tokenSource" = $11::"TokenSource", "firstTokenAt" = $12, "endedAt" = $13,
              "upstreamRequestId" = $14, "errorText" = $15, "toolCalls" = $16::jsonb,
              "textAt" = $18
       where id = $1 and ${WRITABLE}
       returning id, "messageId"
     ), answer as (
       update "Message" m set text = $3, reasoning = $4, "toolCalls" = $16::jsonb, "isFindable" = true
       from run where m.id = run."messageId"
       returning m."parentId"
     ), question as (
       update "Message" m set "isFindable" = true
       from answer where m.id = answer."parentId" and not m."isFindable"
     ), lane as (
       delete from "LaneEntry" where id = $1
     ), entry as (
       update "UsageEntry" u set status = $2::text::"CallStatus", "errorCode" = $6, "isCall" = $7,
              "inputTokens" = $8, "outputTokens" = $9, "reasoningTokens" = $10,
              "tokenSource" = $11::"TokenSource", "firstTokenAt" = $12, "endedAt" = $13,
              "upstreamRequestId" = $14, "calledAt" = $17
       where u."runId" = $1
         and (u.status = 'open' or (u.status = 'interrupted' and u."errorCode" = 'interrupted'))
     )
     select id from run`,
    [
      runId,
      ending.status,
      ending.text,
      ending.reasoning,
      ending.finishReason,
      ending.errorCode,
      ending.isCall,
      ending.inputTokens,
      ending.outputTokens,
      ending.reasoningTokens,
      ending.tokenSource,
      ending.firstTokenAt,
      ending.endedAt,
      ending.upstreamRequestId,
      ending.errorText,
      toStoredCalls(ending.toolCalls),
      ending.calledAt,
      ending.textAt,
    ],
  );
  return rows.length === 1;
}

/** Asks the instance that has the run to stop it; false where it is not the user's or has ended. */
export async function requestStop(userId: UserId, runId: string): Promise<boolean> {
  const { count } = await getDb().run.updateMany({
    where: { id: runId, userId, status: { in: ["queued", "streaming"] } },
    data: { stopRequested: true },
  });
  return count === 1;
}
