import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import {
  findGridFaults,
  type GridCell,
  type GridPlan,
  gridPlanSchema,
  takePaid,
  toCells,
  withSharedSeed,
} from "@/lib/shared/image-grid";
import { MAX_SEED } from "@/lib/shared/image-params";
import type { CreateGridBody, GridView, RunGridBody } from "@/lib/shared/schemas/grid";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import {
  findGrid,
  findGridByKey,
  findGridImages,
  type GridImageRow,
  type GridRow,
  insertGrid,
  type NewGrid,
  releaseGridKey,
} from "../db/image-grids";
import { requireAccepting } from "../runs/registry";
import { knownPrice } from "./callable";
import {
  findOrdered,
  type Priced,
  placeImages,
  requireAllCallable,
  requireRoom,
  requireSameOrder,
} from "./image-placing";
import { toImageView } from "./image-view";
import { nudgeImages } from "./nudge";
import { findSite } from "./token";

const toPlan = ({ plan }: GridRow): GridPlan => gridPlanSchema.parse(plan);

/** The cells without a picture that is made or on its way. */
function findMissing(plan: GridPlan, images: readonly GridImageRow[]): GridCell[] {
  const held = new Set(images.filter((row) => !row.isFree).map(({ gridCell }) => gridCell));
  return toCells(plan).filter(({ index }) => !held.has(index));
}

/** What some cells cost, in Magicubes; null where a price is not known. */
async function sumPrices(userId: UserId, cells: readonly GridCell[]): Promise<number | null> {
  if (cells.length === 0) return 0;
  const site = await findSite(userId);
  let sum = 0;
  for (const [model, same] of Map.groupBy(cells, (cell) => cell.model)) {
    const price = await knownPrice(model, site);
    if (price === null) return null;
    sum += price * same.length;
  }
  return sum;
}

async function toView({ userId }: Actor, row: GridRow): Promise<GridView> {
  const plan = toPlan(row);
  const images = await findGridImages(userId, row.id);
  const missing = findMissing(plan, images);
  return {
    id: row.id,
    plan,
    createdAt: row.createdAt.toISOString(),
    images: images.map(toImageView),
    missing: missing.map(({ index }) => index),
    missingPrice: await sumPrices(userId, missing),
  };
}

/** As many of the cells, in order, as a budget pays for. Throws `invalid_request` where that is none. */
function withinBudget(cells: readonly Priced[], budget: number | undefined): Priced[] {
  if (budget === undefined) return [...cells];
  const refuse = (key: string) => new AppError("invalid_request", { fields: { budget: { key } } });
  const paid = takePaid(cells, budget);
  if (!paid) throw refuse("gridPriceUnknown");
  if (paid.length === 0) throw refuse("gridBudget");
  return paid;
}

type Click = { idempotencyKey: string; bodyHash: string; budget: number | undefined };

/** Orders those of a grid's missing cells that the budget pays for; under a key that was used, nothing. */
async function orderMissing(
  actor: Actor,
  plan: GridPlan,
  images: readonly GridImageRow[],
  { budget, idempotencyKey, bodyHash }: Click,
  openGrid: () => Promise<GridRow>,
): Promise<GridView> {
  const missing = findMissing(plan, images);
  if (missing.length === 0) return toView(actor, await openGrid());
  const { prompt, uploads = [] } = plan.order;
  const wanted = missing.map(({ model, parameters, index }) => ({
    model,
    parameters,
    gridCell: index,
  }));
  const needsPrices = budget !== undefined;
  const priced = await requireAllCallable(actor, uploads, wanted, { needsPrices });
  const callable = withinBudget(priced, budget);
  await requireRoom(actor, callable.length);
  const grid = await openGrid();
  const click = { prompt, uploads, idempotencyKey, bodyHash, gridId: grid.id };
  await placeImages(actor, click, callable);
  return toView(actor, grid);
}

/** A seed that nobody chose, the same for whoever repeats the click. */
const toSeed = (key: string) => Number.parseInt(sha256Hex(key).slice(0, 8), 16) % (MAX_SEED + 1);

/** A new grid; the one that a request with the same key wrote a moment ago. */
async function openNewGrid({ userId }: Actor, grid: NewGrid): Promise<GridRow> {
  const row = await insertGrid(userId, grid);
  if (row.bodyHash !== grid.bodyHash) throw new AppError("idempotency_mismatch");
  return row;
}

/**
 * Takes a grid of pictures: as many cells as the budget pays for are made, the others can be made later.
 * The same key and body answer with the same grid. Throws `invalid_request`, `not_found`,
 * `token_missing`, `token_needs_reentry`, `idempotency_mismatch`, `lane_full`, `restarting`,
 * `database_down`.
 */
export async function createGrid(
  actor: Actor,
  { budget, ...asked }: CreateGridBody,
  idempotencyKey: string,
): Promise<GridView> {
  requireAccepting();
  const fields = findGridFaults(asked);
  if (Object.keys(fields).length > 0) throw new AppError("invalid_request", { fields });
  const { userId } = actor;
  const bodyHash = sha256Hex(JSON.stringify({ plan: asked, budget }));
  const earlier = await requireSameOrder(
    await findGridByKey(userId, idempotencyKey),
    bodyHash,
    ({ id }) => releaseGridKey(userId, id),
  );
  // Where a process died between the two, the grid is there and its pictures are not.
  if (earlier && (await findGridImages(userId, earlier.id)).length > 0) {
    return toView(actor, earlier);
  }
  const plan = earlier ? toPlan(earlier) : withSharedSeed(asked, toSeed(idempotencyKey));
  const grid = { id: newId("grid"), idempotencyKey, bodyHash, plan, createdAt: now() };
  return orderMissing(
    actor,
    plan,
    [],
    { budget, idempotencyKey, bodyHash },
    async () => earlier ?? (await openNewGrid(actor, grid)),
  );
}

/** A grid of the caller's. Throws `not_found`. */
export async function readGrid(actor: Actor, id: string): Promise<GridView> {
  const row = await findGrid(actor.userId, id);
  if (!row) throw new AppError("not_found");
  return toView(actor, row);
}

/** The same for a page that looks again and again: see {@link nudgeImages}. Throws `not_found`. */
export async function watchGrid(actor: Actor, id: string): Promise<GridView> {
  await nudgeImages(actor);
  return readGrid(actor, id);
}

/** Makes what of a grid is missing, within a budget. Throws as {@link createGrid} does. */
export async function runGrid(
  actor: Actor,
  id: string,
  { budget }: RunGridBody,
  idempotencyKey: string,
): Promise<GridView> {
  requireAccepting();
  const { userId } = actor;
  const row = await findGrid(userId, id);
  if (!row) throw new AppError("not_found");
  const bodyHash = sha256Hex(JSON.stringify({ id, budget }));
  if (await findOrdered(actor, idempotencyKey, bodyHash)) return toView(actor, row);
  const images = await findGridImages(userId, id);
  const click = { budget, idempotencyKey, bodyHash };
  return orderMissing(actor, toPlan(row), images, click, () => Promise.resolve(row));
}
