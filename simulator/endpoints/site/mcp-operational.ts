import { sendOpenApi } from "../../site/envelopes.ts";
import { forScope } from "../../site/identity.ts";
import { operationalRows } from "../../site/mcp-rows.ts";

/** `GET /openapi/v1/mcp/servers/operational`: what the caller runs. */
export const mcpOperational = forScope("list-operational-mcp", (exchange, caller) => {
  const rows = operationalRows(exchange, caller);
  sendOpenApi(exchange.response, { total_count: rows.length, mcp_server_list: rows });
});
