import { type Exchange, field, textField } from "../../http.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { toMcpRow } from "../../site/mcp-rows.ts";
import { MCP_SERVERS } from "../../site/mcp-servers.ts";
import { pageOf, readPage } from "../../site/page.ts";

const DEFAULT_SIZE = 20;
const MAX_REACH = 100;

/** `PUT /openapi/v1/mcp/servers`: no token needed. All filters together narrow the list. */
export function mcpServers({ response, body }: Exchange) {
  const page = readPage(field(body, "page_number"), field(body, "page_size"), DEFAULT_SIZE);
  if (!page || page.number * page.size > MAX_REACH) {
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
  const mcp_server_list = pageOf(rows, page).map(toMcpRow);
  sendOpenApi(response, { total_count: rows.length, mcp_server_list });
}
