import type { Exchange } from "../../http.ts";
import { sendNotLoggedIn, sendSite } from "../../site/envelopes.ts";
import { findCaller } from "../../site/identity.ts";
import { operationalRows } from "../../site/mcp-rows.ts";

/** `GET /api/v1/mcp/services/operational`: the same in the old form, which one client still reads. */
export function mcpLegacyOperational(exchange: Exchange) {
  const caller = findCaller(exchange);
  if (!caller) return sendNotLoggedIn(exchange.response);
  sendSite(exchange.response, { Result: operationalRows(exchange, caller) });
}
