import "server-only";
import { fetchUpstream, readUpstreamText, type UpstreamRequest } from "../net/upstream";
import { toResponseError } from "./errors";
import { parseJson } from "./loose-json";
import { type RateLimits, readRateLimits } from "./rate-limits";

const MAX_JSON_BYTES = 4_000_000;

/**
 * A call whose answer is one JSON document. Throws the typed error of a status that is not 2xx;
 * what the document says is the caller's business (undefined where it is no JSON).
 */
export async function callJson(
  request: UpstreamRequest,
): Promise<{ body: unknown; limits: RateLimits | null }> {
  const response = await fetchUpstream(request);
  const text = await readUpstreamText(response, {
    maxBytes: MAX_JSON_BYTES,
    timeoutMs: request.headersTimeoutMs,
  });
  if (!response.ok && response.status !== request.acceptsStatus) {
    throw toResponseError(response, text, request.token);
  }
  return { body: parseJson(text), limits: readRateLimits(response.headers) };
}
