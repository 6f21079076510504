import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { forScope } from "../../site/identity.ts";
import { undeploy } from "../../site/mcp-deployments.ts";
import { findMcpServer } from "../../site/mcp-rows.ts";

/** `DELETE /openapi/v1/mcp/servers/{id}/undeploy`. */
export const mcpUndeploy = forScope("manage-mcp-deployment", (exchange, { username }) => {
  const { response, state } = exchange;
  const server = findMcpServer(exchange, "/undeploy");
  if (!server || !undeploy(state, username, server.id))
    return sendOpenApiError(response, 404, "NotFound", "no such deployment");
  sendOpenApi(response, { id: server.id });
});
