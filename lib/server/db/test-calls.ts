import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

/** Opens the ledger row of a call that belongs to no conversation. */
export async function insertTestCall(
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
export async function endTestCall(
  id: string,
  ending: {
    status: "complete" | "failed";
    errorCode: string | null;
    isCall: boolean;
    inputTokens?: number | undefined;
    outputTokens?: number | undefined;
    requestId: string | null;
  },
): Promise<void> {
  const { inputTokens = null, outputTokens = null, requestId, ...settled } = ending;
  await getDb().usageEntry.updateMany({
    where: { id, status: "open" },
    data: {
      ...settled,
      inputTokens,
      outputTokens,
      tokenSource: outputTokens === null ? "none" : "reported",
      endedAt: new Date(),
      upstreamRequestId: requestId,
    },
  });
}
