import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import { now } from "../clock";
import { saveRateReadings } from "../db/rate-readings";
import { acceptToken, refuseToken } from "../db/tokens";
import { insertWithdrawn } from "../db/withdrawn-models";
import { logFault } from "../log";
import { isWithdrawal } from "../modelscope/errors";
import type { RateLimits } from "../modelscope/rate-limits";

/** A call of a model, whatever it is for; `startedAt` from before the token was read. */
type Call = { userId: UserId; model: string; startedAt: Date };

const UNNAMED = { limit: null, remaining: null };

/** What is learnt beside an answer is never worth failing for. */
const keep = (what: string, storing: Promise<void>): Promise<void> =>
  storing.catch((error) => logFault(what, error));

/** Keeps what a refusal tells of token and model. Never throws. */
export async function noteRefusal(
  { userId, model, startedAt }: Call,
  refusal: AppError,
  site: Site,
): Promise<void> {
  if (refusal.code === "invalid_token") await keep("token state", refuseToken(userId, startedAt));
  if (isWithdrawal(refusal, model)) {
    await keep("withdrawn model", insertWithdrawn(site, model, now()));
  }
  if (refusal.code === "model_quota_day") {
    await noteLimits({ userId, model }, { total: UNNAMED, model: { limit: null, remaining: 0 } });
  }
}

/** Keeps the daily limits that an answer named. Never throws. */
export async function noteLimits(
  { userId, model }: Pick<Call, "userId" | "model">,
  limits: RateLimits | null,
): Promise<void> {
  if (!limits) return;
  await keep("rate reading", saveRateReadings(userId, model, { ...limits, readAt: now() }));
}

/** A token that was refused before, or never checked, got an answer. Never throws. */
export async function noteAcceptance({ userId, startedAt }: Call): Promise<void> {
  await keep("token state", acceptToken(userId, { at: startedAt }));
}
