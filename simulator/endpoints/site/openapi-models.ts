import type { Exchange } from "../http.ts";
import {
  type CatalogueModel,
  findInCatalogue,
  listCatalogue,
  matches,
  sortModels,
} from "../site-catalogue.ts";
import { pageOf, readCount, sendOpenApi, sendOpenApiError } from "../site-envelopes.ts";

const MAX_OPENAPI_PAGE = 50;
const MAX_OPENAPI_REACH = 3_000;

const OPENAPI_SORTS: Record<string, string> = {
  downloads: "DownloadsCount",
  likes: "StarsCount",
  last_modified: "GmtModified",
};

/** Rows of the OpenAPI list: names from the official client's record, the rest inferred. */
function toOpenApiRow(model: CatalogueModel) {
  const date = new Date(model.updatedSeconds * 1_000).toISOString();
  return {
    id: model.id,
    owner: model.owner,
    name: model.name,
    display_name: `${model.name}（模拟）`,
    description: "simulated",
    license: "other",
    tasks: model.tasks,
    downloads: model.downloads,
    likes: model.stars,
    created_at: date,
    last_modified: date,
  };
}

/** `GET /openapi/v1/models`: search and pages; it has no filter for what is served. */
export function openApiModels({ response, url }: Exchange) {
  const ask = (name: string) => url.searchParams.get(name) ?? "";
  const number = readCount(ask("page_number"), 1);
  const size = readCount(ask("page_size"), 10);
  if (number === null || size === null || size > MAX_OPENAPI_PAGE)
    return sendOpenApiError(response, 400, "InvalidParameter", "page_size must be 1 to 50");
  if (number * size > MAX_OPENAPI_REACH) {
    const message = "page_number * page_size must not exceed 3000";
    return sendOpenApiError(response, 400, "InvalidParameter", message);
  }
  const rows = listCatalogue().filter(
    (model) =>
      matches(model, ask("search")) &&
      (!ask("owner") || model.owner === ask("owner")) &&
      (!ask("filter.task") || model.tasks.includes(ask("filter.task"))),
  );
  const sorted = sortModels(rows, OPENAPI_SORTS[ask("sort")] ?? "Default");
  sendOpenApi(response, {
    models: pageOf(sorted, number, size).map(toOpenApiRow),
    total_count: rows.length,
    page_number: number,
    page_size: size,
  });
}

/** `GET /openapi/v1/models/{owner}/{name}`. */
export function openApiModel({ response, url }: Exchange) {
  const model = findInCatalogue(url.pathname.split("/").slice(4).join("/"));
  if (!model) return sendOpenApiError(response, 404, "NotFound", "model not found");
  sendOpenApi(response, toOpenApiRow(model));
}
