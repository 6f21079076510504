import "server-only";
import { AppError } from "@/lib/shared/errors";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { requireSuccess } from "./errors";
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
    const { body } = await callJson({
      host: "api",
      site,
      method: "POST",
      path: "/v1/chat/completions",
      token,
      body: { model: DEFAULT_CHAT_MODEL },
      headersTimeoutMs: TIMEOUT_MS,
    });
    requireSuccess(body, token);
  } catch (error) {
    if (!isPastTheAccount(error)) throw error;
  }
}

/** Whether a refusal came after the checks of token and account: it complains about body or model. */
function isPastTheAccount(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.code === "bad_request") return true;
  const words = error.upstreamText ?? "";
  return error.code === "model_unavailable" && /no provider|model id/i.test(words);
}
