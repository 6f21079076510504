import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { secondsToNextLedgerDay, startOfLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { ModelKind } from "@/lib/shared/models/family";
import type { Site } from "@/lib/shared/schemas/token";
import { monotonicMs, now } from "../clock";
import { hasNoCallLeft } from "../db/rate-readings";
import { deleteWithdrawn, findWithdrawnAt } from "../db/withdrawn-models";
import { fetchService, type Service } from "../modelscope/providers";
import { type Catalogue, findKinds, getCatalogue } from "./catalogue";
import { priceOf } from "./prices";

/** A refusal is believed this long; after that ModelScope's site is asked, which is free. */
const BELIEVED_MS = 3_600_000;
const FRESH_MS = 10 * 60_000;
const MAX_REMEMBERED = 1_000;

type Remembered = { service: Service; untilMs: number };
const store = globalThis as unknown as { __mspServices?: Map<string, Remembered> };

/** Who serves a model, asked at most every ten minutes; null where the site cannot be asked. */
async function findService(model: string, site: Site): Promise<Service | null> {
  store.__mspServices ??= new Map();
  const services = store.__mspServices;
  const key = `${site} ${model}`;
  const known = services.get(key);
  if (known && monotonicMs() < known.untilMs) return known.service;
  const service = await fetchService(model, site).catch(() => null);
  if (!service) return null;
  if (services.size >= MAX_REMEMBERED) services.clear();
  services.set(key, { service, untilMs: monotonicMs() + FRESH_MS });
  return service;
}

const refuse = (key: string, values: Record<string, string> = {}) =>
  new AppError("invalid_request", { fields: { model: { key, values } } });

const isListed = ({ ids, site }: Catalogue, model: string) =>
  ids.includes(model) || site.some(({ id }) => id === model);

/** What earlier answers of ModelScope say against a call. */
type Obstacles = { withdrawnAt: Date | null; isSpent: boolean };

/** Throws where the model was withdrawn and is not served again. */
async function requireNotWithdrawn(
  model: string,
  site: Site,
  withdrawnAt: Date | null,
): Promise<void> {
  if (!withdrawnAt) return;
  const isBelieved = now().getTime() - withdrawnAt.getTime() < BELIEVED_MS;
  const isBack = !isBelieved && (await findService(model, site))?.isServed === true;
  if (!isBack) {
    const [date = ""] = withdrawnAt.toISOString().split("T");
    throw refuse("modelWithdrawn", { date });
  }
  await deleteWithdrawn(site, [model]);
}

/**
 * A model whose calls of the day are used up is closed for this user until 00:00 UTC+8: asking again
 * would only be refused again.
 */
function toSpentError(): AppError {
  return new AppError("model_quota_day", { retryAfterSeconds: secondsToNextLedgerDay(now()) });
}

/** The price of a model that is served; throws `invalid_request` for one that is not. */
async function requireServed(
  model: string,
  site: Site,
  catalogue: Catalogue,
): Promise<number | null> {
  const { price } = priceOf(site, model, catalogue.prices);
  if (isListed(catalogue, model)) return price;
  const folded = model.toLowerCase();
  const right = catalogue.ids.find((id) => id.toLowerCase() === folded);
  if (right) throw refuse("modelCase", { id: right });
  const service = await findService(model, site);
  if (service) {
    if (!service.isServed) throw refuse("modelUnknown");
    return price ?? service.price;
  }
  // An old list proves nothing; a live one does, as long as nobody can be asked.
  if (catalogue.source === "live") throw refuse("modelUnchecked");
  return price;
}

/** Magicubes a call as far as that was read already; nobody is asked. */
export async function knownPrice(model: string, site: Site): Promise<number | null> {
  const { prices } = await getCatalogue(site);
  const remembered = store.__mspServices?.get(`${site} ${model}`)?.service;
  return priceOf(site, model, prices).price ?? remembered?.price ?? null;
}

/** Magicubes a call, asked of ModelScope's site where the catalogue does not know it; null where nobody says. */
export async function findPrice(model: string, site: Site): Promise<number | null> {
  const { prices } = await getCatalogue(site);
  return priceOf(site, model, prices).price ?? (await findService(model, site))?.price ?? null;
}

export type Callable = {
  /** Magicubes a call; null where it is not known. */
  price: number | null;
  /** What it is good for; null where nothing is known of it. */
  kinds: readonly ModelKind[] | null;
};

/**
 * Lets pass what ModelScope serves and refuses the rest before anything is sent or written: the lists
 * decide, and for an id that was typed in the site is asked, free of charge. Throws `invalid_request`
 * with the reason at `model`, and `model_quota_day` where the user has no call of it left today.
 */
export async function judgeModel(
  model: string,
  site: Site,
  { withdrawnAt, isSpent }: Obstacles,
): Promise<Callable> {
  if (isSpent) throw toSpentError();
  const [catalogue] = await Promise.all([
    getCatalogue(site),
    requireNotWithdrawn(model, site, withdrawnAt),
  ]);
  const price = await requireServed(model, site, catalogue);
  return { price, kinds: findKinds(catalogue, model) };
}

/** {@link judgeModel} with what the database knows against a call. */
export async function requireCallable(
  userId: UserId,
  model: string,
  site: Site,
): Promise<Callable> {
  const [withdrawnAt, isSpent] = await Promise.all([
    findWithdrawnAt(site, model),
    hasNoCallLeft(userId, model, startOfLedgerDay(now())),
  ]);
  return judgeModel(model, site, { withdrawnAt, isSpent });
}
