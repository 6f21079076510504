import "server-only";
import { asCount } from "./loose-json";

type RateLimit = { limit: number | null; remaining: number | null };
/** The daily limits of the old quota era; null where a header is missing or is no count. */
export type RateLimits = { total: RateLimit; model: RateLimit };

const PREFIX = "modelscope-ratelimit-";

/**
 * The four limit headers, also as LiteLLM passes them on. Null where there are none: since about
 * August 2026 they are gone, so nothing may depend on them.
 */
export function readRateLimits(headers: {
  get: (name: string) => string | null;
}): RateLimits | null {
  const read = (name: string) => {
    const value = headers.get(PREFIX + name) ?? headers.get(`llm_provider-${PREFIX}${name}`);
    return value !== null && /^\d+$/.test(value.trim()) ? asCount(Number(value)) : null;
  };
  const pair = (kind: string): RateLimit => {
    const limit = read(`${kind}-limit`);
    const remaining = read(`${kind}-remaining`);
    const isSane = limit === null || remaining === null || remaining <= limit;
    return isSane ? { limit, remaining } : { limit: null, remaining: null };
  };
  const limits = { total: pair("requests"), model: pair("model-requests") };
  const isKnown = Object.values(limits).some((l) => l.limit !== null || l.remaining !== null);
  return isKnown ? limits : null;
}
