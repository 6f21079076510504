import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { Site, TokenStatus } from "@/lib/shared/schemas/token";
import {
  LIGHTS,
  type LightKey,
  type LightReason,
  type TokenCheckBody,
  type TokenLight,
  type TokenReport,
} from "@/lib/shared/schemas/token-check";
import type { Secret } from "@/lib/shared/secret";
import { monotonicMs, now } from "../clock";
import { countInWindow } from "../db/rate-windows";
import { updateTokenState } from "../db/tokens";
import { fetchAccount } from "../modelscope/account";
import { fetchBalance } from "../modelscope/balance";
import { probeInference } from "../modelscope/inference-probe";
import { requireCallable } from "./callable";
import { listModels } from "./models";
import { makeTestCall } from "./test-call";
import { getTokenStatus, openToken } from "./token";

const MAX_CHECKS = 5;
const WINDOW_SECONDS = 60;

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
};
const UNREACHABLE = { state: "unknown", reason: "unreachable" } as const;

type Finding = Pick<TokenLight, "state" | "reason" | "text">;
const GREEN: Finding = { state: "ok", reason: null, text: null };

/** Refusals that come only after ModelScope has accepted the account. */
const AFTER_THE_ACCOUNT = new Set<ErrorCode>(["balance_empty", "model_quota_day"]);

type Access = { token: Secret; site: Site };
type Facts = Pick<TokenReport, "accountName" | "available" | "held">;

function toFinding(error: unknown, status: TokenStatus): Finding {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "database_down") throw error;
  const finding = REASONS[error.code] ?? UNREACHABLE;
  // ModelScope says the same of both; a token that once named its account was right.
  const isGone = finding.reason === "wrong" && status.accountName !== null;
  return { ...finding, text: error.upstreamText, ...(isGone && { reason: "deleted" }) };
}

/** How each light is found out; what it learns on the way goes into `facts`. */
const CHECKS: Record<
  LightKey,
  (actor: Actor, access: Access, facts: Facts, offer: TokenReport["offer"]) => Promise<Finding>
> = {
  known: async ({ userId }, { token, site }, facts) => {
    const { accountName } = await fetchAccount(token, site);
    facts.accountName = accountName ?? facts.accountName;
    await updateTokenState(userId, "valid", accountName ?? undefined);
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
  answer: async ({ userId }, access, _facts, offer) => {
    await requireCallable(offer.model, access.site);
    await makeTestCall(userId, access, offer);
    return GREEN;
  },
};

/** The cheapest listed chat model, the usual one among equals. */
async function chooseOffer(actor: Actor, model: string | undefined): Promise<TokenReport["offer"]> {
  const { models } = await listModels(actor, { kind: "chat" });
  const priceOf = (id: string) => models.find((m) => m.id === id)?.price ?? null;
  if (model) return { model, price: priceOf(model) };
  const usable = models.filter(({ state, price }) => state === "listed" && price !== null);
  const [cheapest] = usable.sort(
    (a, b) =>
      (a.price ?? 0) - (b.price ?? 0) ||
      Number(b.id === DEFAULT_CHAT_MODEL) - Number(a.id === DEFAULT_CHAT_MODEL),
  );
  const id = cheapest?.id ?? DEFAULT_CHAT_MODEL;
  return { model: id, price: priceOf(id) };
}

async function requireTurn({ userId }: Actor): Promise<void> {
  const { count, endsInSeconds } = await countInWindow(`token-check:${userId}`, WINDOW_SECONDS);
  if (count <= MAX_CHECKS) return;
  throw new AppError("too_many_requests", { retryAfterSeconds: endsInSeconds });
}

/**
 * Looks at the stored token light by light: known, account may infer, Magicubes left, and, only where
 * asked for since it costs a call, that a model answers. What lies behind a red light is not tested.
 * Throws `too_many_requests` past five in a minute.
 */
export async function checkToken(actor: Actor, body: TokenCheckBody): Promise<TokenReport> {
  await requireTurn(actor);
  const [status, offer] = await Promise.all([
    getTokenStatus(actor),
    chooseOffer(actor, body.model),
  ]);
  const facts: Facts = { accountName: status.accountName, available: null, held: null };
  const lights: TokenLight[] = [];
  for (const key of LIGHTS) {
    const isBlocked = lights.some(({ state }) => state === "failed");
    const isAskedFor = key !== "answer" || body.answer === true;
    if (isBlocked || !isAskedFor) {
      lights.push({ key, state: "not_tested", reason: null, text: null, ms: null });
      continue;
    }
    const startedMs = monotonicMs();
    const finding = await openToken(actor.userId)
      .then((access) => CHECKS[key](actor, access, facts, offer))
      .catch((error) => toFinding(error, status));
    lights.push({ key, ...finding, ms: Math.round(monotonicMs() - startedMs) });
    const isRefused = finding.reason === "wrong" || finding.reason === "deleted";
    if (isRefused) await updateTokenState(actor.userId, "invalid");
  }
  const checkedAt = now().toISOString();
  return { lights, site: status.site ?? "cn", ...facts, offer, checkedAt };
}
