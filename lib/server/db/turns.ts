import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

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
