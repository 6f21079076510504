import { type Exchange, sendJson } from "../http.ts";
import { TOKEN_SCENARIOS } from "../tokens.ts";
import { sendOpenApiError } from "./envelopes.ts";
import type { Caller } from "./identity.ts";

/** Does what a caller's scenario does in place of answering; true where it did. */
export function playSiteFault(
  { response }: Exchange,
  { token }: Caller,
  fault: "limited" | "silent" | "unreachable" | "no-data" | undefined,
): boolean {
  if (TOKEN_SCENARIOS[token]?.status === 502) {
    sendJson(response, 502, null);
    return true;
  }
  switch (fault) {
    case "limited":
      sendOpenApiError(response, 429, "RateLimitExceeded", "Request limit exceeded.");
      return true;
    case "silent":
      return true; // the connection stays open
    case "unreachable":
      response.socket?.destroy();
      return true;
    case "no-data":
      sendJson(response, 200, { success: true });
      return true;
    default:
      return false;
  }
}
