import { listField, textField } from "../http.ts";
import type { CatalogueModel } from "./catalogue.ts";

const displayNameOf = ({ name }: CatalogueModel) => `${name}（模拟）`;

/** A row of the website's lists. */
export function toSiteRow(model: CatalogueModel) {
  return {
    Path: model.owner,
    Name: model.name,
    ChineseName: displayNameOf(model),
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

/** A row of the OpenAPI list: names from the official client's record, the rest inferred. */
export function toOpenApiRow(model: CatalogueModel) {
  const date = new Date(model.updatedSeconds * 1_000).toISOString();
  return {
    id: model.id,
    owner: model.owner,
    name: model.name,
    display_name: displayNameOf(model),
    description: "simulated",
    license: "other",
    tasks: model.tasks,
    downloads: model.downloads,
    likes: model.stars,
    created_at: date,
    last_modified: date,
  };
}

/** Criteria of one list of a body of the website that name the category; others are ignored. */
export const criteriaOf = (body: unknown, list: string, category: string): unknown[] =>
  listField(body, list).filter((item) => textField(item, "category") === category);

export const valuesOf = (body: unknown, category: string): unknown[] =>
  criteriaOf(body, "Criterion", category).flatMap((item) => listField(item, "values"));
