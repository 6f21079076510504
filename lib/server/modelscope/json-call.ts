import "server-only";
import { now } from "../clock";
import { fetchUpstream, readUpstreamText, type UpstreamRequest } from "../net/upstream";
import { parseJson, readRetryAfter, toUpstreamError } from "./errors";

const MAX_JSON_BYTES = 4_000_000;

/**
 * A call whose answer is one JSON document. Throws the typed error of a status that is not 2xx;
 * what the document says is the caller's business (undefined where it is no JSON).
 */
export async function callJson(request: UpstreamRequest): Promise<unknown> {
  const response = await fetchUpstream(request);
  const text = await readUpstreamText(response, {
    maxBytes: MAX_JSON_BYTES,
    timeoutMs: request.headersTimeoutMs,
  });
  if (!response.ok) {
    const retryAfter = readRetryAfter(response.headers.get("retry-after"), now());
    throw toUpstreamError(response.status, text, retryAfter);
  }
  return parseJson(text);
}
