import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import type { Site, TokenStatus } from "@/lib/shared/schemas/token";
import type {
  LightKey,
  LightReason,
  TokenLight,
  TokenReport,
} from "@/lib/shared/schemas/token-check";
import type { Secret } from "@/lib/shared/secret";
import { fetchAccount } from "../modelscope/account";
import { fetchBalance } from "../modelscope/balance";
import { probeInference } from "../modelscope/inference-probe";
import { requireCallable } from "./callable";
import { makeShortCall } from "./short-call";

type Finding = Pick<TokenLight, "state" | "reason" | "text">;
type Facts = Pick<TokenReport, "accountName" | "available" | "held">;
type Access = { token: Secret; site: Site };

/** What each refusal means for a light. What is not here could not be found out. */
const REASONS: Partial<Record<ErrorCode, { state: "failed" | "unknown"; reason: LightReason }>> = {
  token_missing: { state: "failed", reason: "none" },
  token_needs_reentry: { state: "failed", reason: "needs_reentry" },
  invalid_token: { state: "failed", reason: "wrong" },
  account_unbound: { state: "failed", reason: "unbound" },
  account_unverified: { state: "failed", reason: "unverified" },
  balance_empty: { state: "failed", reason: "empty" },
  model_unavailable: { state: "failed", reason: "model_unavailable" },
  invalid_request: { state: "failed", reason: "model_unavailable" },
  model_quota_day: { state: "failed", reason: "empty" },
  empty_answer: { state: "failed", reason: "no_answer" },
  rate_limited: { state: "unknown", reason: "rate_limited" },
  bad_request: { state: "unknown", reason: "service_down" },
  content_blocked: { state: "unknown", reason: "service_down" },
  redirected: { state: "unknown", reason: "service_down" },
  interrupted: { state: "unknown", reason: "service_down" },
};
const UNREACHABLE = { state: "unknown", reason: "unreachable" } as const;
const SERVICE_DOWN = { state: "unknown", reason: "service_down" } as const;
/** Enough to show that a model answers. */
const TEST_TOKENS = 16;
const GREEN: Finding = { state: "ok", reason: null, text: null };

/** Refusals of our own: ModelScope was not asked. */
const OURS = new Set<ErrorCode>([
  "database_down",
  "member_calls_spent",
  "member_credits_spent",
  "team_calls_spent",
  "team_credits_spent",
]);

/** Refusals that come only after ModelScope has accepted the account. */
const AFTER_THE_ACCOUNT = new Set<ErrorCode>(["balance_empty", "model_quota_day"]);

/** Reads a refusal as a light. Throws what is no refusal of ModelScope's. */
export function toFinding(error: unknown, status: TokenStatus): Finding {
  if (!(error instanceof AppError) || OURS.has(error.code)) throw error;
  const couldNotAsk = error.fields?.model?.key === "modelUnchecked";
  // Without a cause it answered, though not as it should.
  const hasAnswered = error.code === "upstream_down" && error.cause === undefined;
  const otherwise = hasAnswered ? SERVICE_DOWN : UNREACHABLE;
  const finding = couldNotAsk ? UNREACHABLE : (REASONS[error.code] ?? otherwise);
  // ModelScope says the same of both; a token that once named its account was right.
  const isGone = finding.reason === "wrong" && status.accountName !== null;
  return { ...finding, text: error.upstreamText, ...(isGone && { reason: "deleted" }) };
}

/** How each light is found out; what it learns on the way goes into `facts`. */
export const CHECKS: Record<
  LightKey,
  (actor: Actor, access: Access, facts: Facts, offer: TokenReport["offer"]) => Promise<Finding>
> = {
  known: async (_actor, { token, site }, facts) => {
    const { accountName } = await fetchAccount(token, site);
    facts.accountName = accountName ?? facts.accountName;
    return GREEN;
  },
  account: async (_actor, { token, site }) => {
    try {
      await probeInference(token, site);
    } catch (error) {
      if (!(error instanceof AppError && AFTER_THE_ACCOUNT.has(error.code))) throw error;
    }
    return GREEN;
  },
  credits: async (_actor, { token, site }, facts) => {
    const balance = await fetchBalance(token, site);
    if (!balance) return { state: "unknown", reason: "balance_unknown", text: null };
    Object.assign(facts, balance);
    return balance.available > 0 ? GREEN : { state: "failed", reason: "empty", text: null };
  },
  answer: async ({ userId }, access, _facts, { model }) => {
    const { price, kinds } = await requireCallable(userId, model, access.site);
    if (kinds && !kinds.includes("chat")) throw new AppError("model_unavailable");
    const turns = [{ role: "user", text: "Say OK." }] as const;
    await makeShortCall(userId, access, { model, price, turns, maxTokens: TEST_TOKENS });
    return GREEN;
  },
};
