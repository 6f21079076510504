import { type Exchange, field, textField } from "../http.ts";
import { type CatalogueModel, findInCatalogue, listCatalogue } from "../site-catalogue.ts";
import {
  pageOf,
  readCount,
  sendOpenApi,
  sendOpenApiError,
  sendSite,
  sendSiteError,
} from "../site-envelopes.ts";

const BAD_REQUEST = 10010101001;
/** The official client never asks for more; that the site refuses more is inferred. */
const MAX_DOLPHIN_PAGE = 30;
const MAX_CHECKPOINT_PAGE = 100;
const MAX_OPENAPI_PAGE = 50;
const MAX_OPENAPI_REACH = 3_000;

const SORTS: Record<string, (a: CatalogueModel, b: CatalogueModel) => number> = {
  DownloadsCount: (a, b) => b.downloads - a.downloads,
  StarsCount: (a, b) => b.stars - a.stars,
  GmtModified: (a, b) => b.updatedSeconds - a.updatedSeconds,
};
const OPENAPI_SORTS: Record<string, string> = {
  downloads: "DownloadsCount",
  likes: "StarsCount",
  last_modified: "GmtModified",
};

function toSiteRow(model: CatalogueModel) {
  return {
    Path: model.owner,
    Name: model.name,
    ChineseName: `${model.name}（模拟）`,
    CreatedBy: model.owner,
    License: "other",
    SupportInference: model.supportInference,
    SupportApiInference: model.price !== null,
    SupportDashInference: model.providers.includes("DashScope"),
    Downloads: model.downloads,
    Stars: model.stars,
    CreatedTime: model.updatedSeconds,
    LastUpdatedTime: model.updatedSeconds,
    Tasks: model.tasks.map((name) => ({ Name: name })),
    ModelInfos: null,
    AigcType: model.isCheckpoint ? "Checkpoint" : "",
    SupportExperience: false,
  };
}

const matches = ({ id }: CatalogueModel, search: string) =>
  id.toLowerCase().includes(search.trim().toLowerCase());

const sort = (rows: CatalogueModel[], by: string) => {
  const compare = SORTS[by];
  return compare ? rows.toSorted(compare) : rows;
};

/** Criteria of one list of a body that name the category; anything else is ignored. */
function criteriaOf(list: unknown, category: string): unknown[] {
  return Array.isArray(list) ? list.filter((item) => textField(item, "category") === category) : [];
}

function valuesOf(criterion: unknown): unknown[] {
  const values = field(criterion, "values");
  return Array.isArray(values) ? values : [];
}

/** `PUT /api/v1/dolphin/models`: the website's own list, with the API-Inference filter. */
export function dolphinModels({ response, body }: Exchange) {
  const number = readCount(field(body, "PageNumber"), 1);
  const size = readCount(field(body, "PageSize"), 10);
  if (number === null || size === null || size > MAX_DOLPHIN_PAGE)
    return sendSiteError(response, 400, BAD_REQUEST, "PageNumber or PageSize is out of range");
  const search = textField(body, "Name") || textField(body, "Target");
  const isServedOnly = criteriaOf(field(body, "SingleCriterion"), "inference_type").some(
    (item) => field(item, "IntValue") === 1,
  );
  const tasks = criteriaOf(field(body, "Criterion"), "tasks").flatMap(valuesOf);
  const rows = listCatalogue().filter(
    (model) =>
      (!isServedOnly || model.price !== null) &&
      (tasks.length === 0 || model.tasks.some((task) => tasks.includes(task))) &&
      matches(model, search),
  );
  const page = pageOf(sort(rows, textField(body, "SortBy")), number, size);
  sendSite(response, { Model: { Models: page.map(toSiteRow), TotalCount: rows.length } });
}

/** A checkpoint that no API serves: the list does not filter by that, so its readers must. */
const UNSERVED_CHECKPOINT = "simulator/checkpoint-without-inference";

/** `PUT /api/v1/models`: the AIGC checkpoints. Body and answer as third-party clients read them. */
export function checkpoints({ response, body }: Exchange) {
  const number = readCount(field(body, "PageNumber"), 1);
  const size = readCount(field(body, "PageSize"), 10);
  if (number === null || size === null || size > MAX_CHECKPOINT_PAGE)
    return sendSiteError(response, 400, BAD_REQUEST, "PageNumber or PageSize is out of range");
  const tags = criteriaOf(field(body, "Criterion"), "tags").flatMap(valuesOf);
  const rows = listCatalogue()
    .filter((model) => !tags.includes("Checkpoint") || model.isCheckpoint)
    .map(toSiteRow);
  const [sample] = rows;
  const [Path, Name] = UNSERVED_CHECKPOINT.split("/");
  const unserved = { ...sample, Path, Name, CreatedBy: Path, SupportInference: "" };
  const all = sample ? [...rows, { ...unserved, SupportApiInference: false }] : rows;
  sendSite(response, { Models: pageOf(all, number, size), TotalCount: all.length });
}

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
  const sorted = sort(rows, OPENAPI_SORTS[ask("sort")] ?? "Default");
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
