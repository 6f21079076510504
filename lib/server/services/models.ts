import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { findFamily, findModelFault, imageLimitsOf } from "@/lib/shared/models/families";
import type { ModelKind } from "@/lib/shared/models/family";
import { canBudget, canSwitch } from "@/lib/shared/models/thinking";
import type { Model, ModelList } from "@/lib/shared/schemas/model";
import type { Site } from "@/lib/shared/schemas/token";
import {
  countFavourites,
  deleteFavourite,
  findFavourites,
  findRecentModels,
  insertFavourite,
} from "../db/favourite-models";
import { findWithdrawn } from "../db/withdrawn-models";
import { requireCallable } from "./callable";
import { type Catalogue, findKinds, getCatalogue } from "./catalogue";
import { priceOf } from "./prices";
import { findSite } from "./token";
import { readSky, type Sky } from "./weather";

const MAX_FAVOURITES = 200;
const RECENT = 20;

type Marks = {
  favourites: ReadonlySet<string>;
  lastUsed: ReadonlyMap<string, Date>;
  withdrawn: ReadonlyMap<string, Date>;
  sky: Sky;
};

async function readMarks({ userId }: Actor, site: string): Promise<Marks> {
  const [favourites, recent, withdrawn, sky] = await Promise.all([
    findFavourites(userId),
    findRecentModels(userId, RECENT),
    findWithdrawn(site),
    readSky(),
  ]);
  return {
    favourites: new Set(favourites),
    lastUsed: new Map(recent.map(({ model, lastUsedAt }) => [model, lastUsedAt])),
    withdrawn: new Map(withdrawn.map(({ model, withdrawnAt }) => [model, withdrawnAt])),
    sky,
  };
}

function toModel(id: string, site: Site, catalogue: Catalogue, marks: Marks): Model {
  const thinking = findFamily(id)?.thinking ?? null;
  const onSite = catalogue.site.find((model) => model.id === id);
  const kinds = [...(findKinds(catalogue, id) ?? ["chat" as const])];
  return {
    id,
    name: onSite?.name ?? null,
    kinds,
    // Of a pair only one reasons; the other is switched by calling its twin.
    reasoning: thinking === "twin" ? id.includes("-Thinking-") : thinking !== null,
    thinking: { canSwitch: canSwitch(thinking), canBudget: canBudget(thinking) },
    ...toPrice(id, site, catalogue),
    ...toState(id, onSite !== undefined || catalogue.ids.includes(id), marks),
    image: toLimits(id, kinds),
    health: marks.sky.get(id) ?? null,
    isFavourite: marks.favourites.has(id),
    lastUsedAt: marks.lastUsed.get(id)?.toISOString() ?? null,
  };
}

function toPrice(id: string, site: Site, { prices }: Catalogue) {
  const { price, source } = priceOf(site, id, prices);
  return { price, isPriceSeen: source === "estimated" };
}

function toState(id: string, isListed: boolean, { withdrawn }: Marks) {
  const withdrawnAt = withdrawn.get(id)?.toISOString() ?? null;
  if (withdrawnAt) return { state: "withdrawn" as const, withdrawnAt };
  return { state: isListed ? ("listed" as const) : ("unlisted" as const), withdrawnAt };
}

function toLimits(id: string, kinds: readonly ModelKind[]): Model["image"] {
  if (!kinds.includes("image") && !kinds.includes("edit")) return null;
  const limits = imageLimitsOf(id);
  return { ...limits, without: [...limits.without] };
}

/**
 * The models a user may pick: ModelScope's two lists, the user's favourites, and what was withdrawn
 * though the user called it or it is still listed. With what our family table knows of each.
 */
export async function listModels(
  actor: Actor,
  { kind, search = "" }: { kind?: ModelKind | undefined; search?: string | undefined } = {},
): Promise<ModelList> {
  const site = await findSite(actor.userId);
  const [catalogue, marks] = await Promise.all([getCatalogue(site), readMarks(actor, site)]);
  const ids = new Set([
    ...catalogue.ids,
    ...catalogue.site.map(({ id }) => id),
    ...marks.favourites,
    ...marks.lastUsed.keys(),
  ]);
  const wanted = search.toLowerCase();
  const models = [...ids]
    .map((id) => toModel(id, site, catalogue, marks))
    .filter(({ kinds }) => !kind || kinds.includes(kind))
    .filter(({ id, name }) => `${id} ${name ?? ""}`.toLowerCase().includes(wanted));
  return {
    models,
    source: catalogue.source,
    readAt: catalogue.source === "builtin" ? null : catalogue.readAt,
  };
}

/** Why a model is not what it is wanted for. */
const WRONG_KIND: Record<ModelKind, string> = {
  chat: "modelNotChat",
  vision: "modelNotVision",
  image: "modelNotImage",
  edit: "modelNotImage",
};

/**
 * An id as it was typed in: whether it can be called for `kind`, and at what price. Throws
 * `invalid_request`.
 */
export async function checkModel(
  actor: Actor,
  { id, kind }: { id: string; kind?: ModelKind | undefined },
): Promise<Model> {
  const site = await findSite(actor.userId);
  const { price, kinds } = await requireCallable(actor.userId, id, site);
  if (kind && kinds && !kinds.includes(kind)) {
    const fault = (kind === "image" && findModelFault(id)) || { key: WRONG_KIND[kind] };
    throw new AppError("invalid_request", { fields: { model: fault } });
  }
  const [catalogue, marks] = await Promise.all([getCatalogue(site), readMarks(actor, site)]);
  return { ...toModel(id, site, catalogue, marks), price };
}

/** Puts a model among the user's favourites or takes it out. Throws `invalid_request` past 200. */
export async function setFavourite(
  { userId }: Actor,
  { model, isFavourite }: { model: string; isFavourite: boolean },
): Promise<void> {
  if (!isFavourite) return deleteFavourite(userId, model);
  if ((await countFavourites(userId)) >= MAX_FAVOURITES) {
    const fault = { key: "countMax", values: { max: MAX_FAVOURITES } };
    throw new AppError("invalid_request", { fields: { model: fault } });
  }
  return insertFavourite(userId, model);
}
