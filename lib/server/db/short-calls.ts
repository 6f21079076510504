import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

/** Opens the ledger row of a call that belongs to no conversation. */
export async function insertShortCall(
  userId: UserId,
  call: {
    id: string;
    model: string;
    day: string;
    priceHalfCredits: number | null;
    startedAt: Date;
  },
): Promise<void> {
  await getDb().usageEntry.create({
    data: {
      ...call,
      userId,
      kind: "chat",
      protocol: "openai",
      priceSource: call.priceHalfCredits === null ? null : "listed",
    },
    select: { id: true },
  });
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
