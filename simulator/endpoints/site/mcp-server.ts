import { type Exchange, originOf } from "../../http.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { type Caller, findCaller } from "../../site/identity.ts";
import { deploymentsOf, toOperationalUrl } from "../../site/mcp-deployments.ts";
import { findMcpServer, toMcpRow } from "../../site/mcp-rows.ts";
import type { McpServer } from "../../site/mcp-servers.ts";

function urlsOf(exchange: Exchange, caller: Caller | null, server: McpServer) {
  if (!caller) return [];
  return deploymentsOf(exchange.state, caller.username)
    .filter(({ serverId }) => serverId === server.id)
    .map((deployment) => toOperationalUrl(deployment, originOf(exchange)));
}

/** `GET /openapi/v1/mcp/servers/{id}`; the caller's own addresses only where they are asked for. */
export function mcpServer(exchange: Exchange) {
  const { response, url } = exchange;
  const server = findMcpServer(exchange);
  if (!server) return sendOpenApiError(response, 404, "NotFound", "mcp server not found");
  const caller = findCaller(exchange);
  const wantsUrls = url.searchParams.get("get_operational_url")?.toLowerCase() === "true";
  const env = server.env ?? [];
  sendOpenApi(response, {
    ...toMcpRow(server),
    author: "simulator",
    owner: "simulator",
    source_url: "",
    github_stars: 0,
    readme: `# ${server.name}\n\n${server.description}\n`,
    is_hosted: server.isHosted,
    is_verified: false,
    server_config: [{ mcpServers: { [server.name]: { command: "false", args: [] } } }],
    env_schema: {
      type: "object",
      properties: Object.fromEntries(env.map((name) => [name, { type: "string" }])),
      required: env,
    },
    ...(wantsUrls && { operational_urls: urlsOf(exchange, caller, server) }),
  });
}
