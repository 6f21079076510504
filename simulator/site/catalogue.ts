import { CHAT_MODELS, IMAGE_MODELS } from "../models/all-models.ts";
import { ALSO_AT_DASHSCOPE, UNSERVED_MODELS } from "./unserved-models.ts";

type Provider = "ModelScope" | "DashScope";

/** A model as the site knows it; `price` in Magicubes a call, null where ModelScope does not serve it. */
export type CatalogueModel = {
  id: string;
  owner: string;
  name: string;
  tasks: readonly string[];
  supportInference: "txt2txt" | "txt2img" | "img2img" | "";
  isCheckpoint: boolean;
  price: number | null;
  providers: readonly Provider[];
  downloads: number;
  stars: number;
  updatedSeconds: number;
};

type ServedRow = { price: number; vision?: boolean };

const FIRST_DAY_SECONDS = 1_767_225_600; // 2026-01-01
const DAY_SECONDS = 86_400;
const CHECKPOINT_OWNERS = ["MAILAND", "MusePublic"];

/** A number that only the id decides: plainly invented, and the same in every run. */
const numberOf = (id: string, range: number) =>
  [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7) % range;

function toModel(
  id: string,
  facts: Pick<CatalogueModel, "tasks" | "supportInference" | "price" | "providers">,
): CatalogueModel {
  const [owner = "", ...rest] = id.split("/");
  return {
    id,
    owner,
    name: rest.join("/"),
    isCheckpoint: CHECKPOINT_OWNERS.includes(owner),
    downloads: numberOf(id, 100_000),
    stars: numberOf(`${id}*`, 1_000),
    updatedSeconds: FIRST_DAY_SECONDS + numberOf(`${id}@`, 270) * DAY_SECONDS,
    ...facts,
  };
}

const providersOf = (id: string): Provider[] =>
  ALSO_AT_DASHSCOPE.includes(id) ? ["ModelScope", "DashScope"] : ["ModelScope"];

function describeChat(id: string, { price, vision }: ServedRow): CatalogueModel {
  // That a model with eyes stands under both tasks is inferred.
  const tasks = vision ? ["text-generation", "image-text-to-text"] : ["text-generation"];
  return toModel(id, { tasks, supportInference: "txt2txt", price, providers: providersOf(id) });
}

function describeImage(id: string, { price }: ServedRow): CatalogueModel {
  const isEdit = /edit|kontext/i.test(id);
  return toModel(id, {
    tasks: [isEdit ? "image-to-image" : "text-to-image-synthesis"],
    supportInference: isEdit ? "img2img" : "txt2img",
    price,
    providers: providersOf(id),
  });
}

function describeUnserved(id: string): CatalogueModel {
  const { task = "", providers = [] } = UNSERVED_MODELS[id] ?? {};
  return toModel(id, {
    tasks: [task],
    supportInference: "",
    price: null,
    providers,
  });
}

/** `Org/Name:Provider` is a way to call a model, not a model of the hub. */
const isOfHub = ([id]: [string, ServedRow]) => !id.includes(":");

/** Every model of the site: those the inference host serves, then the known ones it does not. */
export function listCatalogue(): CatalogueModel[] {
  return [
    ...Object.entries<ServedRow>(CHAT_MODELS)
      .filter(isOfHub)
      .map(([id, row]) => describeChat(id, row)),
    ...Object.entries(IMAGE_MODELS).map(([id, row]) => describeImage(id, row)),
    ...Object.keys(UNSERVED_MODELS).map(describeUnserved),
  ];
}

export function findInCatalogue(id: string): CatalogueModel | null {
  return listCatalogue().find((model) => model.id === id) ?? null;
}

/** The website's words for an order; any other keeps the catalogue's. */
const SORTS: Record<string, (a: CatalogueModel, b: CatalogueModel) => number> = {
  DownloadsCount: (a, b) => b.downloads - a.downloads,
  StarsCount: (a, b) => b.stars - a.stars,
  GmtModified: (a, b) => b.updatedSeconds - a.updatedSeconds,
};

export const matches = ({ id }: CatalogueModel, search: string) =>
  id.toLowerCase().includes(search.trim().toLowerCase());

export function sortModels(rows: CatalogueModel[], by: string): CatalogueModel[] {
  const compare = Object.hasOwn(SORTS, by) ? SORTS[by] : undefined;
  return compare ? rows.toSorted(compare) : rows;
}
