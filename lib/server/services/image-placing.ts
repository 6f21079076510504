import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { DAY_MS, toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { ImageParameters } from "@/lib/shared/image-params";
import { withoutIgnored } from "@/lib/shared/models/families";
import type { Site } from "@/lib/shared/schemas/token";
import { now } from "../clock";
import { countWaiting, insertImages, type NewImage, releaseKey } from "../db/image-orders";
import { findImageByKey, type ImageRow } from "../db/images";
import { getSettings } from "../env";
import { logFault } from "../log";
import { findPrice, requireCallable } from "./callable";
import { advanceImage, takeDueImages } from "./image-task";
import { toLimitError } from "./limits";
import { toLedgerPrice } from "./prices";
import { openToken } from "./token";
import { requireUploads } from "./uploads";

/** One picture that is wanted. */
export type Wanted = {
  model: string;
  parameters: ImageParameters;
  gridCell: number | null;
};

/** A wanted picture whose model can be called, with its price in Magicubes; null = not known. */
export type Priced = Wanted & { price: number | null; site: Site };

/** Waiting pictures of one user; far more than anybody waits for. */
const MAX_WAITING = 128;

/**
 * Finds out whether all of this could be made now, and for how much, before anything is written. Throws
 * `token_missing`, `token_needs_reentry`, `not_found`, `invalid_request`.
 */
export async function requireAllCallable(
  actor: Actor,
  uploads: readonly string[],
  wanted: readonly Wanted[],
  { needsPrices }: { needsPrices: boolean },
): Promise<Priced[]> {
  const { userId } = actor;
  const { site } = await openToken(userId);
  await requireUploads(actor, uploads);
  const prices = new Map<string, number | null>();
  for (const model of new Set(wanted.map((one) => one.model))) {
    const { price, kinds } = await requireCallable(userId, model, site);
    if (kinds && !kinds.includes("image") && !kinds.includes("edit")) {
      throw new AppError("invalid_request", { fields: { model: { key: "modelNotImage" } } });
    }
    prices.set(model, price ?? (needsPrices ? await findPrice(model, site) : null));
  }
  return wanted.map((one) => ({ ...one, price: prices.get(one.model) ?? null, site }));
}

/** What all pictures of one click have in common. */
type Click = {
  prompt: string;
  uploads: readonly string[];
  idempotencyKey: string;
  bodyHash: string;
  gridId: string | null;
};

/** Throws `lane_full` where so many more would not be made for a long time. */
export async function requireRoom({ userId }: Actor, count: number): Promise<void> {
  if ((await countWaiting(userId)) + count > MAX_WAITING) throw new AppError("lane_full");
}

/**
 * Writes the pictures of one click, all or none, and begins with the first. The same key writes nothing
 * twice. Throws `database_down`, and what names a limit of the day.
 */
export async function placeImages(
  { userId }: Actor,
  click: Click,
  wanted: readonly Priced[],
): Promise<void> {
  const { uploads, ...rest } = click;
  const createdAt = now();
  const batch = {
    ...rest,
    uploadIds: uploads,
    kind: uploads.length > 0 ? "edit" : "image",
    day: toLedgerDay(createdAt),
    createdAt,
  } as const;
  const images = wanted.map(
    ({ model, parameters, price, gridCell, site }): NewImage => ({
      id: newId("image"),
      usageId: newId("usage"),
      model,
      ...toLedgerPrice(site, model, price),
      parameters: withoutIgnored(model, parameters),
      gridCell,
    }),
  );
  const { id: firstId, fault } = await insertImages(userId, batch, images);
  // A request with the same key may have written it a moment ago.
  if (fault && !(await findImageByKey(userId, click.idempotencyKey))) throw toLimitError(fault);
  if (firstId === null) return;
  const submitted = submitNow(firstId).catch((error) =>
    logFault("image task", error, { imageId: firstId }),
  );
  if (getSettings().isServerless) await submitted;
}

/**
 * What was ordered under a key, where it is the same order; a key is remembered for a day, as is usual,
 * after that it is released and a new one. Throws `idempotency_mismatch` where it was another order.
 */
export async function requireSameOrder<Row extends { createdAt: Date; bodyHash: string }>(
  earlier: Row | null,
  bodyHash: string,
  release: (row: Row) => Promise<void>,
): Promise<Row | null> {
  if (!earlier) return null;
  if (now().getTime() - earlier.createdAt.getTime() > DAY_MS) {
    await release(earlier);
    return null;
  }
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  return earlier;
}

/** A picture that was ordered under this key; see {@link requireSameOrder}. */
export async function findOrdered(
  { userId }: Actor,
  idempotencyKey: string,
  bodyHash: string,
): Promise<ImageRow | null> {
  const earlier = await findImageByKey(userId, idempotencyKey);
  return requireSameOrder(earlier, bodyHash, ({ batchId }) => releaseKey(userId, batchId));
}

/** The first step at once; the worker makes it where this process cannot. */
async function submitNow(id: string): Promise<void> {
  for (const task of await takeDueImages(1, { id })) await advanceImage(task);
}
