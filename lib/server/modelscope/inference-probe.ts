import "server-only";
import { AppError } from "@/lib/shared/errors";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { callJson } from "./json-call";

const TIMEOUT_MS = 10_000;

/**
 * Whether an account may infer, without paying: a chat call without `messages` is answered with an
 * empty shell after the token and the account were checked (measured by others, 2026-10-04). Throws
 * `invalid_token`, `account_unbound`, `account_unverified` and the other codes of a refusal; a mere
 * complaint about the body counts as "may".
 */
export async function probeInference(token: Secret, site: Site): Promise<void> {
  try {
    await callJson({
      host: "api",
      site,
      method: "POST",
      path: "/v1/chat/completions",
      token,
      body: { model: DEFAULT_CHAT_MODEL },
      headersTimeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    const isPast = error instanceof AppError && PAST_THE_ACCOUNT.has(error.code);
    if (!isPast) throw error;
  }
}

/** Refusals that come after the checks of token and account. */
const PAST_THE_ACCOUNT = new Set(["bad_request", "model_unavailable"]);
