import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { Cursor } from "@/lib/shared/cursor";
import { queryNamed } from "./pool";

/** Which rows of the ledger are wanted; what is absent does not matter. */
export type CallFilter = {
  since?: Date;
  /** Not included. */
  before?: Date;
  kind?: string;
  status?: string;
  error?: string;
  /** Part of a model's id. */
  model?: string;
  troubled?: "1";
};

export type CallRow = {
  id: string;
  kind: "chat" | "vision" | "image" | "edit";
  model: string;
  protocol: string;
  status: "open" | "complete" | "stopped" | "interrupted" | "failed" | "unknown";
  isCall: boolean;
  errorCode: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  tokenSource: "reported" | "estimated" | "none";
  priceHalfCredits: number | null;
  priceSource: "measured" | "listed" | "estimated" | null;
  startedAt: Date;
  calledAt: Date | null;
  firstTokenAt: Date | null;
  endedAt: Date | null;
  upstreamRequestId: string | null;
  conversationId: string | null;
  imageId: string | null;
};

/** The condition of each filter; `$n` is its value. Case does not matter, and nothing is a wildcard. */
const CONDITIONS: Record<keyof CallFilter, string> = {
  since: `e."startedAt" >= $n`,
  before: `e."startedAt" < $n`,
  kind: `e.kind = $n::"CallKind"`,
  status: `e.status = $n::"CallStatus"`,
  error: `e."errorCode" = $n`,
  model: `position(lower($n::text) in lower(e.model)) > 0`,
  troubled: `$n::text is not null and e.status in ('failed', 'interrupted', 'unknown')`,
};

/** The user's ledger rows, newest first, `take` after the cursor, with where they are found. */
export function findCalls(
  userId: UserId,
  filter: CallFilter,
  cursor: Cursor | null,
  take: number,
): Promise<CallRow[]> {
  const wanted = (Object.keys(CONDITIONS) as (keyof CallFilter)[]).filter(
    (key) => filter[key] !== undefined,
  );
  const conditions = wanted.map((key, index) => CONDITIONS[key].replace("$n", `$${index + 3}`));
  const values: unknown[] = [userId, take, ...wanted.map((key) => filter[key])];
  if (cursor) {
    conditions.push(
      `(e."startedAt", e.id) < ($${values.length + 1}::timestamptz, $${values.length + 2})`,
    );
    values.push(cursor.at, cursor.id);
  }
  return queryNamed<CallRow>(
    ["find-calls", ...wanted, ...(cursor ? ["after"] : [])].join("-"),
    `select e.id, e.kind, e.model, e.protocol, e.status, e."isCall", e."errorCode", e."inputTokens",
            e."outputTokens", e."reasoningTokens", e."tokenSource", e."priceHalfCredits", e."priceSource",
            e."startedAt", e."calledAt", e."firstTokenAt", e."endedAt", e."upstreamRequestId",
            r."conversationId", i.id as "imageId"
     from "UsageEntry" e
     left join "Run" r on r.id = e."runId" and r."userId" = e."userId"
     left join "Image" i on i.id = e."imageId" and i."userId" = e."userId"
     where e."userId" = $1 ${conditions.map((condition) => `and (${condition})`).join(" ")}
     order by e."startedAt" desc, e.id desc limit $2`,
    values,
  );
}
