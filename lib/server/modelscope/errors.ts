import "server-only";
import { cleanText } from "@/lib/shared/clean-text";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import type { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { asRecord, asText, parseJson } from "./loose-json";

const MAX_RETRY_AFTER_SECONDS = 30;
const MAX_TEXT_LENGTH = 300;

type Refusal = { message: string; code: string; requestId: string };

/**
 * What an error body says. ModelScope uses five shapes: `error.message`, `errors.message`,
 * `message`, `Message`, plain text. Null where the body names no error.
 */
export function readRefusal(body: unknown): Refusal | null {
  const top = asRecord(body);
  if (!top) return null;
  const inner = asRecord(top.error) ?? asRecord(top.errors);
  const message =
    asText(inner?.message) || asText(top.error) || asText(top.message) || asText(top.Message);
  if (!message && !inner) return null;
  return {
    message: cleanText(message),
    code: cleanText(asText(inner?.code) || asText(inner?.type) || asText(top.code)),
    requestId: asText(top.request_id) || asText(inner?.request_id) || asText(top.RequestId),
  };
}

type Rule = { status: number | null; text?: RegExp; code: ErrorCode };

/** First match wins. The texts were captured by others between 2025-08 and 2026-10, see docs/modelscope.md. */
const RULES: readonly Rule[] = [
  { status: null, text: /has no provider supported|invalid model id/i, code: "model_unavailable" },
  { status: null, text: /data_?inspection|inappropriate content/i, code: "content_blocked" },
  // The key that the user has deposited for another provider, not the ModelScope token.
  { status: 401, text: /invalid_?api_?key|incorrect api key/i, code: "model_unavailable" },
  { status: 401, text: /bind your alibaba cloud account/i, code: "account_unbound" },
  { status: 401, code: "invalid_token" },
  { status: 403, text: /real-?name/i, code: "account_unverified" },
  { status: 403, code: "model_unavailable" },
  { status: 429, text: /today's quota|try again tomorrow/i, code: "model_quota_day" },
  // The number is the provider's own: it ran out, not the user (reported for retired models).
  { status: 429, text: /insufficient balance \(1008\)/i, code: "model_unavailable" },
  { status: 429, text: /insufficient balance/i, code: "balance_empty" },
  { status: 429, code: "rate_limited" },
  // The path is unknown, not the model: the address is not that of API-Inference.
  { status: 404, text: /page not found/i, code: "upstream_down" },
  { status: 404, code: "model_unavailable" },
  { status: 400, code: "bad_request" },
  { status: 413, code: "bad_request" },
  { status: 422, code: "bad_request" },
  // An unknown LoRA or checkpoint is answered as a fault of the server.
  { status: 500, text: /模型不存在/, code: "bad_request" },
  { status: 500, text: /no choices/i, code: "model_unavailable" },
];

/** Where ModelScope's own words help: what to change is in them. */
const TELLING = new Set<ErrorCode>([
  "bad_request",
  "content_blocked",
  "model_unavailable",
  "account_unbound",
  "account_unverified",
  "model_quota_day",
  "balance_empty",
  "rate_limited",
]);

/**
 * ModelScope's words as they may be shown: one line, at most 300 characters, without tokens. Null
 * where nothing is left. Backends echo headers in their errors, so whatever looks like a secret goes.
 */
export function toShownText(message: string, token: Secret | null): string | null {
  const text = cleanText(message).replaceAll(/\s+/g, " ").trim();
  if (token && text.includes(bareToken(token))) return null;
  const shown = text
    .replaceAll(/bearer\s+\S+/gi, "…")
    .replaceAll(/\b(ms-[0-9a-f]{4}[\w-]*|ms_oauth\S*|sk-\S+)/gi, "…")
    .slice(0, MAX_TEXT_LENGTH);
  return shown.toWellFormed() || null;
}

const bareToken = (token: Secret) => token.reveal().replace(/^ms-/, "");

/** A request id for ModelScope's support; null for what is none, or repeats the token. */
export function toRequestId(value: string | null, token: Secret | null): string | null {
  if (!value || !/^[\w.:-]{1,100}$/.test(value)) return null;
  return token && value.includes(bareToken(token)) ? null : value;
}

/** Seconds of a `Retry-After` header in either form, from 1 to 30; undefined where it says nothing useful. */
export function readRetryAfter(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - now.getTime()) / 1000;
  if (!Number.isFinite(seconds) || seconds <= 0) return undefined;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(seconds));
}

/**
 * Our error for a status and body that are not an answer; status 0 for an error inside of a stream.
 * ModelScope's words go along only where they help.
 */
export function toUpstreamError(
  status: number,
  bodyText: string,
  { token, retryAfterSeconds }: { token: Secret | null; retryAfterSeconds?: number | undefined },
): AppError {
  const refusal = readRefusal(parseJson(bodyText));
  const words = refusal ? `${refusal.code} ${refusal.message}` : bodyText.slice(0, 1_000);
  const rule = RULES.find(
    (r) => (r.status === null || r.status === status) && (r.text?.test(words) ?? true),
  );
  const code = rule?.code ?? (status === 0 ? toStreamCode(words) : "upstream_down");
  return new AppError(code, {
    upstreamRequestId: toRequestId(refusal?.requestId ?? null, token),
    upstreamText: refusal && TELLING.has(code) ? toShownText(refusal.message, token) : null,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** Our error for a response that is not 2xx, with how long it asks to wait. */
export function toResponseError(
  { status, headers }: { status: number; headers: { get: (name: string) => string | null } },
  bodyText: string,
  token: Secret | null,
): AppError {
  const retryAfterSeconds = readRetryAfter(headers.get("retry-after"), now());
  return toUpstreamError(status, bodyText, { token, retryAfterSeconds });
}

/**
 * Throws the typed error of a document that says it is one although it came with a 200, and
 * `upstream_down` for what is no document of ModelScope's.
 */
export function requireSuccess(body: unknown, token: Secret): void {
  const top = asRecord(body);
  if (!top) throw new AppError("upstream_down");
  const refusal = readRefusal(
    top.success === false ? top : { error: top.error, errors: top.errors },
  );
  if (!refusal) return;
  const words = `${refusal.code} ${refusal.message}`;
  const isAuthentication = /authentication|invalid_grant|invalid_token/i.test(words);
  throw toUpstreamError(isAuthentication ? 401 : 0, JSON.stringify(top), { token });
}

/**
 * Whether ModelScope said of just this model that nobody serves it now, which is true for everybody.
 * What a user's own provider (`id:Provider`) refuses is not.
 */
export function isWithdrawal({ code, upstreamText }: AppError, model: string): boolean {
  if (code !== "model_unavailable" || model.includes(":")) return false;
  const named = /^model id ?: ?(\S+) ?, has no provider supported/i.exec(upstreamText ?? "")?.[1];
  return named === model;
}

/** Inside of a stream there is no status; the texts of the 429s are told apart all the same. */
function toStreamCode(words: string): ErrorCode {
  if (/insufficient balance/i.test(words)) return "balance_empty";
  if (/today's quota|try again tomorrow/i.test(words)) return "model_quota_day";
  if (/rate.?limit|request limit|insufficient_quota|overloaded_error/i.test(words)) {
    return "rate_limited";
  }
  return "upstream_down";
}
