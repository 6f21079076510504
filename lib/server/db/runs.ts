import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/**
 * Rows that a producer may still write: active ones, and those that a sweeper took for lost while
 * their producer could not reach the database.
 */
const WRITABLE = `(status in ('queued', 'streaming') or (status = 'interrupted' and "errorCode" = 'interrupted'))`;

export type NewTurn = {
  runId: string;
  conversationId: string;
  isNewConversation: boolean;
  title: string;
  questionId: string;
  parentId: string | null;
  answerId: string;
  usageId: string;
  idempotencyKey: string;
  bodyHash: string;
  model: string;
  settings: object;
  text: string;
  uploadIds: string[];
  kind: "chat" | "vision";
  protocol: "openai" | "anthropic";
  /** The model that is called, which may be the twin of the one that was chosen. */
  calledModel: string;
  /** Magicubes times two, null where the price is not known. */
  priceHalfCredits: number | null;
  day: string;
  leaseMs: number;
  startedAt: Date;
};

/**
 * Writes a turn in one round trip: conversation (where new), question, empty answer, run and ledger
 * row. False where the idempotency key was used before; then nothing is written.
 */
export async function insertTurn(userId: UserId, turn: NewTurn): Promise<boolean> {
  const rows = await queryNamed(
    "insert-turn",
    `with run as (
       insert into "Run" (id, "conversationId", "messageId", "userId", "idempotencyKey", "bodyHash",
                          model, settings, "startedAt", "leaseUntil")
       values ($1, $2, $7, $9, $10, $11, $20, $13::jsonb, $16,
               now() + $15 * interval '1 millisecond')
       on conflict ("userId", "idempotencyKey") do nothing
       returning id
     ), conversation as (
       insert into "Conversation" (id, "userId", title, model, settings, "createdAt", "updatedAt")
       select $2, $9, $4, $12, $13::jsonb, $16, $16 from run where $3
     ), touched as (
       update "Conversation" set "updatedAt" = $16, model = $12, settings = $13::jsonb
       where id = $2 and "userId" = $9 and not $3 and exists (select from run)
     ), question as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "uploadIds",
                              "createdAt")
       select $5, $2, $9, $6, 'user', $14, $21::text[], $16 from run
     ), answer as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "createdAt")
       select $7, $2, $9, $5, 'assistant', '', $16::timestamptz + interval '1 millisecond' from run
     ), entry as (
       insert into "UsageEntry" (id, "userId", "runId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select $8, $9, $1, $18::"CallKind", $20, $19, $17, $16,
              $22, case when $22::int is null then null else 'listed' end from run
     )
     select id from run`,
    [
      turn.runId,
      turn.conversationId,
      turn.isNewConversation,
      turn.title,
      turn.questionId,
      turn.parentId,
      turn.answerId,
      turn.usageId,
      userId,
      turn.idempotencyKey,
      turn.bodyHash,
      turn.model,
      JSON.stringify(turn.settings),
      turn.text,
      turn.leaseMs,
      turn.startedAt,
      turn.day,
      turn.kind,
      turn.protocol,
      turn.calledModel,
      turn.uploadIds,
      turn.priceHalfCredits,
    ],
  );
  return rows.length === 1;
}

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
  firstTokenAt: true,
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
  part: { text: string; reasoning: string; firstTokenAt: Date | null; leaseMs: number },
): Promise<{ stopRequested: boolean } | null> {
  const [row] = await queryNamed<{ stopRequested: boolean }>(
    "save-checkpoint",
    `update "Run" set status = 'streaming', text = $2, reasoning = $3, "firstTokenAt" = $4,
            "errorCode" = null, "endedAt" = null,
            "leaseUntil" = now() + $5 * interval '1 millisecond'
     where id = $1 and ${WRITABLE}
     returning "stopRequested"`,
    [runId, part.text, part.reasoning, part.firstTokenAt, part.leaseMs],
  );
  return row ?? null;
}

/** Holds the lease of a run whose text has not changed. */
export async function renewLease(
  runId: string,
  leaseMs: number,
): Promise<{ stopRequested: boolean } | null> {
  const [row] = await queryNamed<{ stopRequested: boolean }>(
    "renew-lease",
    `update "Run" set "leaseUntil" = now() + $2 * interval '1 millisecond'
     where id = $1 and ${WRITABLE}
     returning "stopRequested"`,
    [runId, leaseMs],
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
  firstTokenAt: Date | null;
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
              "upstreamRequestId" = $14, "errorText" = $15, "toolCalls" = $16::jsonb
       where id = $1 and ${WRITABLE}
       returning id, "messageId"
     ), answer as (
       update "Message" m set text = $3, reasoning = $4, "toolCalls" = $16::jsonb
       from run where m.id = run."messageId"
     ), entry as (
       update "UsageEntry" u set status = $2::text::"CallStatus", "errorCode" = $6, "isCall" = $7,
              "inputTokens" = $8, "outputTokens" = $9, "reasoningTokens" = $10,
              "tokenSource" = $11::"TokenSource", "firstTokenAt" = $12, "endedAt" = $13,
              "upstreamRequestId" = $14
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
      ending.toolCalls.length > 0 ? JSON.stringify(ending.toolCalls) : null,
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

/**
 * Turns runs whose lease ran out into `interrupted`, keeps their text and books them as calls; with
 * `all`, every active run (for the start of the only instance). Runs of `liveIds` are left alone.
 * Ledger rows whose run was deleted are settled too. Answers how many runs there were.
 */
export async function sweepRuns({
  all,
  liveIds,
}: {
  all: boolean;
  liveIds: string[];
}): Promise<number> {
  const rows = await queryNamed(
    "sweep-runs",
    `with swept as (
       update "Run" set status = 'interrupted', "errorCode" = 'interrupted', "endedAt" = now()
       where status in ('queued', 'streaming') and ($1 or "leaseUntil" < now()) and not id = any($2)
       returning id, "messageId", text, reasoning, "firstTokenAt"
     ), answer as (
       update "Message" m set text = swept.text, reasoning = swept.reasoning
       from swept where m.id = swept."messageId"
     ), entry as (
       update "UsageEntry" u set status = 'interrupted', "errorCode" = 'interrupted',
              "isCall" = true, "firstTokenAt" = swept."firstTokenAt", "endedAt" = now()
       from swept where u."runId" = swept.id and u.status = 'open'
     ), orphan as (
       update "UsageEntry" u set status = 'interrupted', "errorCode" = 'interrupted',
              "isCall" = true, "endedAt" = now()
       where u.status = 'open' and not u."runId" = any($2)
         and not exists (select from "Run" r where r.id = u."runId")
     )
     select id from swept`,
    [all, liveIds],
  );
  return rows.length;
}
