import "server-only";
import type { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import { now } from "../clock";
import { saveRateReadings } from "../db/rate-readings";
import { acceptToken, refuseToken } from "../db/tokens";
import { insertWithdrawn } from "../db/withdrawn-models";
import { logFault } from "../log";
import { isWithdrawal } from "../modelscope/errors";
import type { RateLimits } from "../modelscope/rate-limits";
import type { LiveRun } from "./live-run";

const NO_READING = { limit: null, remaining: null };

/** Keeps what a refusal tells: its words, its request id, and what it says of token and model. */
export function noteRefusal(run: LiveRun, refusal: AppError, site: Site): void {
  run.upstreamRequestId ??= refusal.upstreamRequestId;
  run.errorText = refusal.upstreamText;
  if (refusal.code === "invalid_token") {
    refuseToken(run.userId, run.startedAt).catch((error) => logFault("token state", error));
  }
  if (isWithdrawal(refusal, run.model)) {
    insertWithdrawn(site, run.model, now()).catch((error) => logFault("withdrawn model", error));
  }
  if (refusal.code === "model_quota_day") {
    const nothingLeft = { total: NO_READING, model: { limit: null, remaining: 0 } };
    saveRateReadings(run.userId, run.model, { ...nothingLeft, readAt: now() }).catch((error) =>
      logFault("rate reading", error),
    );
  }
}

/** Keeps the daily limits that an answer named. */
export function noteLimits(run: LiveRun, limits: RateLimits | null): void {
  if (!limits) return;
  saveRateReadings(run.userId, run.model, { ...limits, readAt: now() }).catch((error) =>
    logFault("rate reading", error),
  );
}

/** A token that was refused before, or never checked, got an answer. */
export function noteAcceptance(run: LiveRun): void {
  acceptToken(run.userId, { at: run.startedAt }).catch((error) => logFault("token state", error));
}
