import "server-only";
import { cleanText } from "@/lib/shared/clean-text";
import { AppError, type ErrorCode } from "@/lib/shared/errors";

const MAX_RETRY_AFTER_SECONDS = 30;

type Refusal = { message: string; requestId: string | null };

const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
const asText = (value: unknown): string | null =>
  typeof value === "string" && value ? cleanText(value) : null;

/**
 * The text and request id of an error body. ModelScope uses five shapes: `error.message`,
 * `errors.message`, `message`, `Message`, plain text. Null where the body names no error.
 */
export function readRefusal(body: unknown): Refusal | null {
  const top = asRecord(body);
  if (!top) return null;
  const inner = asRecord(top.error) ?? asRecord(top.errors);
  const message =
    asText(inner?.message) ?? asText(top.error) ?? asText(top.message) ?? asText(top.Message);
  if (!message) return inner ? { message: "", requestId: null } : null;
  const requestId =
    asText(top.request_id) ?? asText(inner?.request_id) ?? asText(top.RequestId) ?? null;
  return { message, requestId };
}

const RULES: readonly { status: number | null; text: RegExp; code: ErrorCode }[] = [
  { status: 401, text: /bind your alibaba cloud account/i, code: "account_unbound" },
  { status: 401, text: /./s, code: "invalid_token" },
  { status: 401, text: /^$/, code: "invalid_token" },
  { status: 403, text: /real-?name/i, code: "account_unverified" },
  { status: 403, text: /^/, code: "model_unavailable" },
  { status: 429, text: /today's quota|try again tomorrow/i, code: "model_quota_day" },
  { status: 429, text: /insufficient balance/i, code: "balance_empty" },
  { status: 429, text: /^/, code: "rate_limited" },
  { status: 400, text: /has no provider supported|invalid model id/i, code: "model_unavailable" },
  { status: null, text: /data_?inspection|inappropriate content/i, code: "content_blocked" },
  { status: 404, text: /^/, code: "model_unavailable" },
  { status: 400, text: /^/, code: "bad_request" },
  { status: 422, text: /^/, code: "bad_request" },
];

/** Seconds of a `Retry-After` header in either form, from 1 to 30; undefined where it says nothing useful. */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - now.getTime()) / 1000;
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(seconds));
}

/** Our error for a status and body that are not an answer. The upstream's text is never passed on. */
export function toUpstreamError(
  status: number,
  bodyText: string,
  retryAfterSeconds?: number,
): AppError {
  const refusal = readRefusal(parseJson(bodyText));
  const message = refusal?.message ?? "";
  const rule = RULES.find(
    (r) => (r.status === null || r.status === status) && r.text.test(message),
  );
  return new AppError(rule?.code ?? "upstream_down", {
    upstreamRequestId: refusal?.requestId ?? null,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
