import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { holdsLane } from "./image-lane";
import { type ReachedLimit, reserved } from "./limits";
import { queryNamed } from "./pool";

export type NewTurn = {
  runId: string;
  conversationId: string;
  isNewConversation: boolean;
  /** Whether a new conversation is the column of a comparison. */
  isColumn: boolean;
  title: string;
  /** The question; null where one that is already there is answered anew. */
  question: {
    id: string;
    text: string;
    uploadIds: string[];
    pictureUrls: string[];
    toolResults: object | null;
  } | null;
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
  priceSource: "listed" | "estimated" | null;
  day: string;
  leaseMs: number;
  startedAt: Date;
};

export type WrittenTurn = { fault: ReachedLimit | null; isNew: boolean; calledAt: Date | null };

/**
 * Writes a turn in one round trip: conversation (where new), question, empty answer, run, place in the
 * lane and ledger row. Nothing is written where the idempotency key was used before (`isNew` false), or
 * where it would break a limit: `fault`.
 *
 * Where nobody else calls with the token, the run's turn comes at once: `calledAt`. The token's row is
 * locked for that, and must still be the version that this statement saw when it began: else another
 * call may have joined the lane in between, unseen, and the lane has to be asked again (`takeTurn`).
 */
export async function insertTurn(userId: UserId, turn: NewTurn): Promise<WrittenTurn> {
  const { question } = turn;
  const [row] = await queryNamed<WrittenTurn>(
    "insert-turn",
    `with ${reserved(9, 17, "1", "coalesce($22::int, 0)", "0")},
     seen as materialized (
       select ctid as version from "ModelScopeToken" where "userId" = $9
     ), locked as materialized (
       select id, ctid as version from "ModelScopeToken"
       where "userId" = $9 and (select fault from reserved) is null for update
     ), turn as (
       select now() as "calledAt" from locked join seen using (version)
       where not exists (select from "LaneEntry" where "userId" = $9 and "leaseUntil" > now())
         and not exists (select from "Image" i where i."userId" = $9 and ${holdsLane("i")})
     ), run as (
       insert into "Run" (id, "conversationId", "messageId", "userId", "idempotencyKey", "bodyHash",
                          model, settings, "startedAt", "leaseUntil", "calledAt")
       select $1, $2, $7, $9, $10, $11, $20, $13::jsonb, $16,
              now() + $15 * interval '1 millisecond', (select "calledAt" from turn)
       from reserved where fault is null
       on conflict ("userId", "idempotencyKey") do nothing
       returning id, "calledAt"
     ), token as (
       update "ModelScopeToken" t set "lastUsedAt" = $16 from locked, run where t.id = locked.id
     ), lane as (
       insert into "LaneEntry" (id, "userId", "leaseUntil", "enteredAt")
       select $1, $9, now() + $15 * interval '1 millisecond', run."calledAt"
       from run left join locked on true
     ), conversation as (
       insert into "Conversation" (id, "userId", title, model, settings, "createdAt", "updatedAt",
                                   "leafId", "isColumn")
       select $2, $9, $4, $12, $13::jsonb, $16, $16, $7, $24 from run where $3
     ), touched as (
       update "Conversation" set "updatedAt" = $16, model = $12, settings = $13::jsonb, "leafId" = $7
       where id = $2 and "userId" = $9 and not $3 and exists (select from run)
     ), question as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "uploadIds",
                              "toolResults", "createdAt", "pictureUrls", "isFindable")
       select $5, $2, $9, $6, 'user', $14, $21::text[], $23::jsonb, $16, $25::text[], false from run
       where $5::text is not null
     ), answer as (
       insert into "Message" (id, "conversationId", "userId", "parentId", role, text, "createdAt",
                              "isFindable")
       select $7, $2, $9, coalesce($5, $6), 'assistant', '',
              $16::timestamptz + interval '1 millisecond', false from run
     ), entry as (
       insert into "UsageEntry" (id, "userId", "runId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select $8, $9, $1, $18::"CallKind", $20, $19, $17, $16,
              $22, $26 from run
     )
     select fault, run.id is not null as "isNew", "calledAt" from reserved left join run on true`,
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
      question?.pictureUrls ?? [],
      turn.priceSource,
    ],
  );
  if (!row) throw new Error("a reservation has one row");
  return row;
}
