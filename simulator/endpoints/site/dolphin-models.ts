import { type Exchange, field, textField } from "../http.ts";
import { type CatalogueModel, listCatalogue, matches, sortModels } from "../site-catalogue.ts";
import { pageOf, readCount, sendSite, sendSiteError } from "../site-envelopes.ts";

const BAD_REQUEST = 10010101001;
/** The official client never asks for more; that the site refuses more is inferred. */
const MAX_DOLPHIN_PAGE = 30;
const MAX_CHECKPOINT_PAGE = 100;

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
  const page = pageOf(sortModels(rows, textField(body, "SortBy")), number, size);
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
