import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { type ReachedLimit, reserved } from "./limits";
import { queryNamed } from "./pool";

/** Opens the ledger row of a call that belongs to no conversation; answers the limit that forbids it. */
export async function insertShortCall(
  userId: UserId,
  call: {
    id: string;
    model: string;
    day: string;
    priceHalfCredits: number | null;
    priceSource: string | null;
    startedAt: Date;
  },
): Promise<ReachedLimit | null> {
  const [row] = await queryNamed<{ fault: ReachedLimit | null }>(
    "insert-short-call",
    `with ${reserved(2, 4, "1", "coalesce($5::int, 0)", "0")},
     entry as (
       insert into "UsageEntry" (id, "userId", kind, model, protocol, day, "startedAt",
                                 "priceHalfCredits", "priceSource")
       select $1, $2, 'chat', $3, 'openai', $4, $6, $5, $7 from reserved where fault is null
     )
     select fault from reserved`,
    [
      call.id,
      userId,
      call.model,
      call.day,
      call.priceHalfCredits,
      call.startedAt,
      call.priceSource,
    ],
  );
  return row?.fault ?? null;
}

/** Settles it; tokens that were not reported stay unknown. */
export async function endShortCall(
  id: string,
  ending: {
    status: "complete" | "stopped" | "interrupted" | "failed";
    errorCode: string | null;
    isCall: boolean;
    calledAt: Date | null;
    usage: { inputTokens: number; outputTokens: number; reasoningTokens: number | null } | null;
    requestId: string | null;
    endedAt: Date;
  },
): Promise<void> {
  const { usage, requestId, ...settled } = ending;
  await getDb().usageEntry.updateMany({
    where: { id, status: "open" },
    data: {
      ...settled,
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      reasoningTokens: usage?.reasoningTokens ?? null,
      tokenSource: usage ? "reported" : "none",
      upstreamRequestId: requestId,
    },
  });
}
