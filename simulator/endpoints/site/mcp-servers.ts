import type { Exchange } from "../http.ts";
import { field, textField } from "../http.ts";
import { deploymentsOf, toOperationalUrl } from "../mcp-deployments.ts";
import { MCP_SERVERS, type McpServer } from "../mcp-servers.ts";
import {
  pageOf,
  readCount,
  sendOpenApi,
  sendOpenApiError,
  sendSite,
  sendSiteError,
} from "../site-envelopes.ts";
import { type Caller, findCaller, forScope, sessionCookieOf } from "../site-identity.ts";

const MAX_REACH = 100;
const NOT_LOGGED_IN = 10010101001; // inferred
const PREFIX = "/openapi/v1/mcp/servers/";

function toRow(server: McpServer) {
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
export function findServer({ url }: Exchange, ending = ""): McpServer | null {
  const rest = url.pathname.slice(PREFIX.length, url.pathname.length - ending.length);
  const id = rest.replaceAll(/%40/gi, "@").replaceAll(/%2f/gi, "/");
  return MCP_SERVERS.find((server) => server.id === id) ?? null;
}

/** `PUT /openapi/v1/mcp/servers`: no token needed. All filters together narrow the list. */
export function mcpServers({ response, body }: Exchange) {
  const number = readCount(field(body, "page_number"), 1);
  const size = readCount(field(body, "page_size"), 20);
  if (number === null || size === null || number * size > MAX_REACH) {
    const message = "page_number * page_size must not exceed 100";
    return sendOpenApiError(response, 400, "InvalidParameter", message);
  }
  const filter = field(body, "filter");
  const [category, tag] = [textField(filter, "category"), textField(filter, "tag")];
  const isHosted = field(filter, "is_hosted");
  const search = textField(body, "search").trim().toLowerCase();
  const rows = MCP_SERVERS.filter(
    (server) =>
      (!category || server.category === category) &&
      (!tag || server.tags.includes(tag)) &&
      (typeof isHosted !== "boolean" || server.isHosted === isHosted) &&
      `${server.id} ${server.chineseName}`.toLowerCase().includes(search),
  );
  const mcp_server_list = pageOf(rows, number, size).map(toRow);
  sendOpenApi(response, { total_count: rows.length, mcp_server_list });
}

const originOf = ({ request }: Exchange) => `http://${request.headers.host}`;

function urlsOf(exchange: Exchange, caller: Caller | null, server: McpServer) {
  if (!caller) return [];
  return deploymentsOf(exchange.state, caller.username)
    .filter(({ serverId }) => serverId === server.id)
    .map((deployment) => toOperationalUrl(deployment, originOf(exchange)));
}

/** `GET /openapi/v1/mcp/servers/{id}`; the caller's own addresses only where they are asked for. */
export function mcpServer(exchange: Exchange) {
  const { response, url } = exchange;
  const server = findServer(exchange);
  if (!server) return sendOpenApiError(response, 404, "NotFound", "mcp server not found");
  const caller = findCaller(exchange, exchange.token ?? sessionCookieOf(exchange));
  const wantsUrls = url.searchParams.get("get_operational_url")?.toLowerCase() === "true";
  const env = server.env ?? [];
  sendOpenApi(response, {
    ...toRow(server),
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

function operationalRows(exchange: Exchange, caller: Caller) {
  return deploymentsOf(exchange.state, caller.username).flatMap((deployment) => {
    const server = MCP_SERVERS.find(({ id }) => id === deployment.serverId);
    const url = toOperationalUrl(deployment, originOf(exchange));
    return server ? [{ ...toRow(server), operational_urls: [url] }] : [];
  });
}

/** `GET /openapi/v1/mcp/servers/operational`: what the caller runs. */
export const mcpOperational = forScope("list-operational-mcp", (exchange, caller) => {
  const rows = operationalRows(exchange, caller);
  sendOpenApi(exchange.response, { total_count: rows.length, mcp_server_list: rows });
});

/** `GET /api/v1/mcp/services/operational`: the same in the old form, which one client still reads. */
export function mcpLegacyOperational(exchange: Exchange) {
  const caller = findCaller(exchange, exchange.token ?? sessionCookieOf(exchange));
  if (!caller) return sendSiteError(exchange.response, 401, NOT_LOGGED_IN, "user not logged in");
  sendSite(exchange.response, { Result: operationalRows(exchange, caller) });
}
