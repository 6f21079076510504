import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import { monotonicMs } from "../clock";

/** Ten failures of a model within a minute close it for half a minute; then one call may try. */
const MAX_FAILURES = 10;
const WINDOW_MS = 60_000;
const CLOSED_MS = 30_000;
const MAX_MODELS = 1_000;

type Health = { failuresMs: number[]; closedUntilMs: number; isProbing: boolean };

const store = globalThis as unknown as { __mspBreaker?: Map<string, Health> };

function getHealths(): Map<string, Health> {
  store.__mspBreaker ??= new Map();
  return store.__mspBreaker;
}

type Target = { site: Site; model: string };
const keyOf = ({ site, model }: Target) => `${site} ${model}`;

/**
 * Refuses a model that failed again and again a moment ago, before anything is sent or written; the
 * first call after the pause is let through as a probe. Throws `model_failing`.
 */
export function requireWorking(target: Target): void {
  const health = getHealths().get(keyOf(target));
  if (!health || health.closedUntilMs === 0) return;
  const leftMs = health.closedUntilMs - monotonicMs();
  if (leftMs > 0) {
    throw new AppError("model_failing", { retryAfterSeconds: Math.ceil(leftMs / 1_000) });
  }
  // Another pause begins: a probe that never comes to anything closes the model for no longer.
  health.closedUntilMs = monotonicMs() + CLOSED_MS;
  health.isProbing = true;
}

/** ModelScope's own failures: not what it refuses, which is about the token or the question. */
const isFailure = (code: string | null) => code === "upstream_down" || code === "timeout";

/** Notes how a call of a model ended; `code` null where it was answered. */
export function noteOutcome(target: Target, code: string | null): void {
  const healths = getHealths();
  const key = keyOf(target);
  if (!isFailure(code)) {
    // A refusal says that someone answers, unless it came from our own side.
    if (code !== "stopped" && code !== "restarting") healths.delete(key);
    return;
  }
  const atMs = monotonicMs();
  const before = healths.get(key);
  if (!before && healths.size >= MAX_MODELS) healths.clear();
  const failuresMs = [...(before?.failuresMs ?? []), atMs]
    .filter((ms) => atMs - ms < WINDOW_MS)
    .slice(-MAX_FAILURES);
  const isOpen = before?.isProbing === true || failuresMs.length >= MAX_FAILURES;
  healths.set(key, {
    failuresMs,
    closedUntilMs: isOpen ? atMs + CLOSED_MS : 0,
    isProbing: false,
  });
}
