import { type Exchange, originOf } from "../http.ts";
import type { Caller } from "./identity.ts";
import { deploymentsOf, toOperationalUrl } from "./mcp-deployments.ts";
import { MCP_SERVERS, type McpServer } from "./mcp-servers.ts";

const PREFIX = "/openapi/v1/mcp/servers/";

/** What every list says of a server. */
export function toMcpRow(server: McpServer) {
  return {
    id: server.id,
    publisher: "@simulator",
    name: server.name,
    chinese_name: server.chineseName,
    description: server.description,
    tags: server.tags,
    categories: [server.category],
    logo_url: "",
    view_count: 0,
    locales: {
      en: { name: server.name, description: server.description },
      zh: { name: server.chineseName, description: server.description },
    },
  };
}

/** The server a path names; its id has a slash, encoded or not. */
export function findMcpServer({ url }: Exchange, ending = ""): McpServer | null {
  const rest = url.pathname.slice(PREFIX.length, url.pathname.length - ending.length);
  const id = rest.replaceAll(/%40/gi, "@").replaceAll(/%2f/gi, "/");
  return MCP_SERVERS.find((server) => server.id === id) ?? null;
}

/** What a caller runs. */
export function operationalRows(exchange: Exchange, caller: Caller) {
  return deploymentsOf(exchange.state, caller.username).flatMap((deployment) => {
    const server = MCP_SERVERS.find(({ id }) => id === deployment.serverId);
    const url = toOperationalUrl(deployment, originOf(exchange));
    return server ? [{ ...toMcpRow(server), operational_urls: [url] }] : [];
  });
}
