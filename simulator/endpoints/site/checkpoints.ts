import { type Exchange, field } from "../../http.ts";
import { listCatalogue } from "../../site/catalogue.ts";
import { sendSite, sendSiteError } from "../../site/envelopes.ts";
import { toSiteRow, valuesOf } from "../../site/model-rows.ts";
import { pageOf, readPage } from "../../site/page.ts";

const MAX_PAGE = 100;

/** A checkpoint that no API serves: the list does not filter by that, so its readers must. */
const UNSERVED = {
  Path: "simulator",
  Name: "checkpoint-without-inference",
  CreatedBy: "simulator",
  SupportInference: "",
  SupportApiInference: false,
};

/** `PUT /api/v1/models`: the AIGC checkpoints. Body and answer as third-party clients read them. */
export function checkpoints({ response, body }: Exchange) {
  const page = readPage(field(body, "PageNumber"), field(body, "PageSize"));
  if (!page || page.size > MAX_PAGE)
    return sendSiteError(response, 400, "PageNumber or PageSize is out of range");
  const tags = valuesOf(body, "tags");
  const rows = listCatalogue()
    .filter((model) => !tags.includes("Checkpoint") || model.isCheckpoint)
    .map(toSiteRow);
  const all = [...rows, ...rows.slice(0, 1).map((row) => ({ ...row, ...UNSERVED }))];
  sendSite(response, { Models: pageOf(all, page), TotalCount: all.length });
}
