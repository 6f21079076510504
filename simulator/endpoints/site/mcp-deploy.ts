import { field, originOf, textField } from "../../http.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { forScope } from "../../site/identity.ts";
import {
  deploy,
  deploymentsOf,
  MAX_DEPLOYMENTS,
  TRANSPORTS,
  toOperationalUrl,
} from "../../site/mcp-deployments.ts";
import { findMcpServer } from "../../site/mcp-rows.ts";
import type { McpServer } from "../../site/mcp-servers.ts";

const MINUTE_MS = 60_000;

type Refusal = [status: number, code: string, message: string];

/** Why a server is not deployed; statuses, codes and texts are inferred. */
function refusalOf(server: McpServer, body: unknown, othersRunning: number): Refusal | null {
  const env = field(body, "env_info");
  const missing = server.env?.find((name) => !textField(env, name));
  const transport = TRANSPORTS.find((name) => name === field(body, "transport_type"));
  if (!server.isHosted) return [400, "InvalidParameter", "the server cannot be hosted"];
  if (!transport) return [400, "InvalidParameter", "transport_type is unknown"];
  if (missing) return [400, "InvalidParameter", `env_info lacks ${missing}`];
  if (othersRunning >= MAX_DEPLOYMENTS)
    return [429, "QuotaLimitExceed", `at most ${MAX_DEPLOYMENTS} deployments`];
  if (server.isBroken) return [500, "InternalError", "the server did not start"];
  return null;
}

/** `POST /openapi/v1/mcp/servers/{id}/deploy`. */
export const mcpDeploy = forScope("manage-mcp-deployment", (exchange, { username }) => {
  const { response, body, state } = exchange;
  const server = findMcpServer(exchange, "/deploy");
  if (!server) return sendOpenApiError(response, 404, "NotFound", "mcp server not found");
  const others = deploymentsOf(state, username).filter(({ serverId }) => serverId !== server.id);
  const refusal = refusalOf(server, body, others.length);
  if (refusal) return sendOpenApiError(response, ...refusal);
  const minutes = field(body, "expiration_minutes");
  const isLimited = typeof minutes === "number" && minutes > 0;
  const deployment = deploy(state, username, {
    serverId: server.id,
    transport: field(body, "transport_type") === "sse" ? "sse" : "streamable_http",
    isAuthChecked: field(body, "auth_check") === true,
    expiresAtMs: isLimited ? state.clock.nowMs() + minutes * MINUTE_MS : null,
  });
  const url = toOperationalUrl(deployment, originOf(exchange));
  sendOpenApi(response, { id: server.id, operational_urls: [url] });
});
