import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import { monotonicMs, now } from "../clock";
import { deleteWithdrawn, findWithdrawn } from "../db/withdrawn-models";
import { fetchService, type Service } from "../modelscope/providers";
import { type Catalogue, getCatalogue } from "./catalogue";

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

/** Whether the model was withdrawn and is not served again. */
async function requireNotWithdrawn(model: string, site: Site): Promise<void> {
  const found = (await findWithdrawn(site)).find((row) => row.model === model);
  if (!found) return;
  const isBelieved = now().getTime() - found.withdrawnAt.getTime() < BELIEVED_MS;
  const isBack = !isBelieved && (await findService(model, site))?.isServed === true;
  if (!isBack) {
    const [date = ""] = found.withdrawnAt.toISOString().split("T");
    throw refuse("modelWithdrawn", { date });
  }
  await deleteWithdrawn(site, [model]);
}

/**
 * Lets pass what ModelScope serves and refuses the rest before anything is sent or written: the lists
 * decide, and for an id that was typed in the site is asked, free of charge. Answers the price in
 * Magicubes, null where it is not known. Throws `invalid_request` with the reason at `model`.
 */
export async function requireCallable(model: string, site: Site): Promise<number | null> {
  const catalogue = await getCatalogue(site);
  await requireNotWithdrawn(model, site);
  if (isListed(catalogue, model)) return catalogue.prices[model] ?? null;
  const folded = model.toLowerCase();
  const right = catalogue.ids.find((id) => id.toLowerCase() === folded);
  if (right) throw refuse("modelCase", { id: right });
  const service = await findService(model, site);
  if (service) {
    if (!service.isServed) throw refuse("modelUnknown");
    return service.price;
  }
  // An old list proves nothing; a live one does, as long as nobody can be asked.
  if (catalogue.source === "live") throw refuse("modelUnchecked");
  return null;
}
