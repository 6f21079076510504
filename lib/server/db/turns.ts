import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

export type NewTurn = {
  runId: string;
  conversationId: string;
  isNewConversation: boolean;
  /** Whether a new conversation is the column of a comparison. */
  isColumn: boolean;
  title: string;
  /** The question; null where one that is already there is answered anew. */
  question: { id: string; text: string; uploadIds: string[]; toolResults: object | null } | null;
  /** What the question follows, or, without one, the question that is answered anew. */
  parentId: string | null;
  answerId: string;
  usageId: string;
  idempotencyKey: string;
  bodyHash: string;
  model: string;
  settings: object;
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
 * Writes a turn in one round trip: conversation (where new), question, empty answer, run, place in the
 * lane and ledger row. The token's row is locked meanwhile, so that places are given in the order of
 * commits. False where the idempotency key was used before; then nothing is written.
 */
export async function insertTurn(userId: UserId, turn: NewTurn): Promise<boolean> {
  const { question } = turn;
  const rows = await queryNamed(
    "insert-turn",
    `with run as (
       insert into "Run" (id, "conversationId", "messageId", "userId", "idempotencyKey", "bodyHash",
                          model, settings, "startedAt", "leaseUntil")
       values ($1, $2, $7, $9, $10, $11, $20, $13::jsonb, $16,
               now() + $15 * interval '1 millisecond')
       on conflict ("userId", "idempotencyKey") do nothing
       returning id
     ), token as (
       update "ModelScopeToken" set "lastUsedAt" = $16
       where "userId" = $9 and exists (select from run)
       returning id
     ), lane as (
       insert into "LaneEntry" (id, "userId", "leaseUntil")
       select $1, $9, now() + $15 * interval '1 millisecond' from run left join token on true
     ), conversation as (
       insert into "Conversation" (id, "userId", title, model, settings, "createdAt", "updatedAt",
                                   "leafId", "isColumn")
       select $2, $9, $4, $12, $13::jsonb, $16, $16, $7, $24 from run where $3
     ), touched as (
       update "Conversation" set "updatedAt" = $16, model = $12, settings = $13::jsonb, "leafId" = $7
       where id = $2 and "userId" = $9 and not $3 and exists (select from run)
     ), question as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "uploadIds",
                              "toolResults", "createdAt")
       select $5, $2, $9, $6, 'user', $14, $21::text[], $23::jsonb, $16 from run
       where $5::text is not null
     ), answer as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "createdAt")
       select $7, $2, $9, coalesce($5, $6), 'assistant', '',
              $16::timestamptz + interval '1 millisecond' from run
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
      question?.id ?? null,
      turn.parentId,
      turn.answerId,
      turn.usageId,
      userId,
      turn.idempotencyKey,
      turn.bodyHash,
      turn.model,
      JSON.stringify(turn.settings),
      question?.text ?? null,
      turn.leaseMs,
      turn.startedAt,
      turn.day,
      turn.kind,
      turn.protocol,
      turn.calledModel,
      question?.uploadIds ?? [],
      turn.priceHalfCredits,
      question?.toolResults ? JSON.stringify(question.toolResults) : null,
      turn.isColumn,
    ],
  );
  return rows.length === 1;
}
