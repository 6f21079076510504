import { type Exchange, field, textField } from "../../http.ts";
import { listCatalogue, matches, sortModels } from "../../site/catalogue.ts";
import { sendSite, sendSiteError } from "../../site/envelopes.ts";
import { criteriaOf, toSiteRow, valuesOf } from "../../site/model-rows.ts";
import { pageOf, readPage } from "../../site/page.ts";

/** The official client never asks for more; that the site refuses more is inferred. */
const MAX_PAGE = 30;

/** LoRAs of nobody's, for the search of the form; that the site tags them like this is inferred. */
const LORAS = [
  "simulated/ink-wash-lora",
  "simulated/rice-paper-lora",
  "simulated/pixel-art-lora",
  "simulated/film-grain-lora",
];

function toLoraRow(id: string) {
  const [Path = "", Name = ""] = id.split("/");
  return { Path, Name, ChineseName: "", AigcType: "LoRA", SupportInference: "" };
}

/** `PUT /api/v1/dolphin/models`: the website's own list, with the API-Inference filter. */
export function dolphinModels({ response, body }: Exchange) {
  const page = readPage(field(body, "PageNumber"), field(body, "PageSize"));
  if (!page || page.size > MAX_PAGE)
    return sendSiteError(response, 400, "PageNumber or PageSize is out of range");
  const search = textField(body, "Name") || textField(body, "Target");
  const isServedOnly = criteriaOf(body, "SingleCriterion", "inference_type").some(
    (item) => field(item, "IntValue") === 1,
  );
  const tasks = valuesOf(body, "tasks");
  if (valuesOf(body, "tags").includes("LoRA")) {
    const loras = LORAS.filter((id) => id.toLowerCase().includes(search.toLowerCase()));
    return sendSite(response, {
      Model: { Models: loras.map(toLoraRow), TotalCount: loras.length },
    });
  }
  const rows = listCatalogue().filter(
    (model) =>
      (!isServedOnly || model.price !== null) &&
      (tasks.length === 0 || model.tasks.some((task) => tasks.includes(task))) &&
      matches(model, search),
  );
  const shown = pageOf(sortModels(rows, textField(body, "SortBy")), page);
  sendSite(response, { Model: { Models: shown.map(toSiteRow), TotalCount: rows.length } });
}
