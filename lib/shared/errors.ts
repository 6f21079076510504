/**
 * THE table of error codes and their HTTP status. The sentence of each code stands in
 * messages/*.json under `errors.<code>`; a test holds the three together.
 */
export const ERROR_STATUS = {
  // asked wrongly
  invalid_request: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  cross_site: 403,
  forbidden: 403,
  setup_code_wrong: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  body_too_large: 413,
  unsupported_media_type: 415,
  unsupported_picture: 415,
  picture_too_large: 413,
  uploads_full: 413,
  idempotency_mismatch: 422,
  too_many_requests: 429,
  // the team's own limits of a day
  member_calls_spent: 429,
  member_credits_spent: 429,
  member_pictures_spent: 429,
  team_calls_spent: 429,
  team_credits_spent: 429,
  team_pictures_spent: 429,
  // the user's own ModelScope token
  token_missing: 409,
  token_needs_reentry: 409,
  // ModelScope refused or failed
  invalid_token: 409,
  account_unbound: 409,
  account_unverified: 409,
  model_unavailable: 409,
  model_quota_day: 429,
  model_failing: 503,
  lane_full: 429,
  balance_empty: 402,
  rate_limited: 429,
  bad_request: 400,
  content_blocked: 422,
  upstream_down: 502,
  empty_answer: 502,
  redirected: 502,
  timeout: 504,
  // a run or a picture that ended early
  interrupted: 502,
  restarting: 503,
  stopped: 409,
  image_failed: 502,
  image_timeout: 504,
  image_unknown: 502,
  image_lost: 502,
  image_copy_failed: 502,
  // ours
  database_down: 503,
  storage_down: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** True for the codes of {@link ERROR_STATUS}; for strings read back from the database. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_STATUS, code);
}

type AppErrorOptions = {
  /** Path of the field → key below `validation` in the message files, with its values. */
  fields?: Record<string, FieldFault>;
  /** Whole seconds, where waiting helps. */
  retryAfterSeconds?: number;
  /** Request id of ModelScope, for its support. */
  upstreamRequestId?: string | null;
  /** ModelScope's own words, cleaned, where they help the caller. */
  upstreamText?: string | null;
  cause?: unknown;
};

export type FieldFault = { key: string; values?: Record<string, string | number> };

/** The only error that is meant for the caller; everything else is answered as `internal`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: Record<string, FieldFault> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly upstreamRequestId: string | null;
  readonly upstreamText: string | null;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.upstreamRequestId = options.upstreamRequestId ?? null;
    this.upstreamText = options.upstreamText ?? null;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
