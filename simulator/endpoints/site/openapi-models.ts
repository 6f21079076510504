import type { Exchange } from "../../http.ts";
import { listCatalogue, matches, sortModels } from "../../site/catalogue.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { toOpenApiRow } from "../../site/model-rows.ts";
import { pageOf, readPage } from "../../site/page.ts";

const MAX_PAGE = 50;
const MAX_REACH = 3_000;

/** The OpenAPI's words for an order in those of the website. */
const SORTS: Record<string, string> = {
  downloads: "DownloadsCount",
  likes: "StarsCount",
  last_modified: "GmtModified",
};

/** `GET /openapi/v1/models`: search and pages; it has no filter for what is served. */
export function openApiModels({ response, url }: Exchange) {
  const ask = (name: string) => url.searchParams.get(name) ?? "";
  const page = readPage(ask("page_number"), ask("page_size"));
  if (!page || page.size > MAX_PAGE)
    return sendOpenApiError(response, 400, "InvalidParameter", "page_size must be 1 to 50");
  if (page.number * page.size > MAX_REACH) {
    const message = "page_number * page_size must not exceed 3000";
    return sendOpenApiError(response, 400, "InvalidParameter", message);
  }
  const rows = listCatalogue().filter(
    (model) =>
      matches(model, ask("search")) &&
      (!ask("owner") || model.owner === ask("owner")) &&
      (!ask("filter.task") || model.tasks.includes(ask("filter.task"))),
  );
  const sorted = sortModels(rows, SORTS[ask("sort")] ?? "Default");
  sendOpenApi(response, {
    models: pageOf(sorted, page).map(toOpenApiRow),
    total_count: rows.length,
    page_number: page.number,
    page_size: page.size,
  });
}
