import "server-only";
import { z } from "zod";
import { FALLBACK_MODEL_IDS } from "@/lib/shared/models/fallback-ids";
import { findFamily } from "@/lib/shared/models/families";
import type { ModelKind } from "@/lib/shared/models/family";
import type { ModelList } from "@/lib/shared/schemas/model";
import type { Site } from "@/lib/shared/schemas/token";
import { monotonicMs, now } from "../clock";
import { findSetting, saveSetting } from "../db/settings";
import { logFault, logWarning } from "../log";
import { fetchModelIds, fetchSiteModels } from "../modelscope/models";
import { fetchService } from "../modelscope/providers";
import { loadLearntPrices } from "./prices";

const FRESH_MS = 10 * 60_000;
const RETRY_MS = 30_000;
const PRICE_FRESH_MS = 6 * 3_600_000;

const kindsSchema = z.array(z.enum(["chat", "vision", "image", "edit"]));

/** One reading of ModelScope's lists. */
const copySchema = z.object({
  /** Ids of `/v1/models`. */
  ids: z.array(z.string()).min(1),
  /** Models that the site marks as served by API-Inference. */
  site: z.array(z.object({ id: z.string(), name: z.string().nullable(), kinds: kindsSchema })),
  /** Magicubes a call, by id, and when that was read. */
  prices: z.record(
    z.string(),
    z.object({ price: z.number().nullable(), readAt: z.iso.datetime() }),
  ),
  readAt: z.iso.datetime(),
});
export type Catalogue = z.infer<typeof copySchema> & { source: ModelList["source"] };

type Cache = { catalogue: Catalogue | null; nextReadMs: number; reading: Promise<void> | null };
const store = globalThis as unknown as { __mspCatalogues?: Record<Site, Cache> };

const newCache = (): Cache => ({ catalogue: null, nextReadMs: 0, reading: null });

function cacheOf(site: Site): Cache {
  store.__mspCatalogues ??= { cn: newCache(), ai: newCache() };
  return store.__mspCatalogues[site];
}

const BUILTIN: Catalogue = {
  ids: [...FALLBACK_MODEL_IDS],
  site: [],
  prices: {},
  readAt: new Date(0).toISOString(),
  source: "builtin",
};

const keyOf = (site: Site) => `catalogue:${site}`;

/** The copy of an earlier process, for starts without a network. */
async function findCopy(site: Site): Promise<Catalogue | null> {
  const { data } = copySchema.safeParse(await findSetting(keyOf(site)).catch(() => null));
  return data ? { ...data, source: "copy" } : null;
}

async function keepCopy(site: Site, { source: _source, ...copy }: Catalogue): Promise<void> {
  await saveSetting(keyOf(site), copy).catch((error) => logFault("catalogue not stored", error));
}

/** Reads both lists. Without the ids the reading failed; without the site's list the last one is kept. */
async function refresh(site: Site, cache: Cache): Promise<void> {
  const [ids, models] = await Promise.allSettled([fetchModelIds(site), fetchSiteModels(site)]);
  const before = cache.catalogue ?? (await findCopy(site));
  await loadLearntPrices(site).catch((error) => logFault("learnt prices not readable", error));
  cache.reading = null;
  if (ids.status === "rejected") {
    logWarning("model list not readable", { site });
    cache.nextReadMs = monotonicMs() + RETRY_MS;
    cache.catalogue = before && { ...before, source: "copy" };
    return;
  }
  cache.nextReadMs = monotonicMs() + FRESH_MS;
  cache.catalogue = {
    ids: ids.value,
    site: models.status === "fulfilled" ? models.value : (before?.site ?? []),
    prices: before?.prices ?? {},
    readAt: now().toISOString(),
    source: "live",
  };
  await keepCopy(site, cache.catalogue);
  void readPrices(site, cache).catch((error) => logFault("prices not readable", error));
}

const isOld = (readAt: string | undefined) =>
  readAt === undefined || now().getTime() - Date.parse(readAt) > PRICE_FRESH_MS;

/**
 * Asks for the prices that are missing or old, one after the other, behind everybody's back; what
 * fails is asked with the next reading of the lists.
 */
async function readPrices(site: Site, cache: Cache): Promise<void> {
  const { ids, site: models, prices: before } = cache.catalogue ?? BUILTIN;
  const listed = [...new Set([...ids, ...models.map(({ id }) => id)])];
  const prices: Catalogue["prices"] = {};
  for (const id of listed) {
    const known = before[id];
    const service = isOld(known?.readAt) ? await fetchService(id, site).catch(() => null) : null;
    if (service) prices[id] = { price: service.price, readAt: now().toISOString() };
    else if (known) prices[id] = known;
  }
  if (!cache.catalogue) return;
  cache.catalogue = { ...cache.catalogue, prices };
  await keepCopy(site, cache.catalogue);
}

/** Takes the copy of an earlier process until the first reading is there. */
async function readFirst(site: Site, cache: Cache): Promise<void> {
  const copy = await findCopy(site);
  cache.catalogue ??= copy;
  cache.reading ??= refresh(site, cache);
  if (!cache.catalogue) await cache.reading;
}

/**
 * What ModelScope serves, from the cache; read anew behind the scenes when it is ten minutes old.
 * Waits only where nothing was ever read, by this process or an earlier one.
 */
export async function getCatalogue(site: Site): Promise<Catalogue> {
  const cache = cacheOf(site);
  if (!cache.catalogue && monotonicMs() >= cache.nextReadMs) await readFirst(site, cache);
  else if (monotonicMs() >= cache.nextReadMs) cache.reading ??= refresh(site, cache);
  return cache.catalogue ?? BUILTIN;
}

/**
 * What a model is good for: what its family is known for, and sight where the site says so; for ids
 * of no family what the site says, null where it says nothing.
 */
export function findKinds({ site }: Catalogue, model: string): readonly ModelKind[] | null {
  const kinds = findFamily(model)?.kinds ?? null;
  const onSite = site.find(({ id }) => id === model)?.kinds ?? null;
  if (!kinds || !onSite) return kinds ?? onSite;
  const sees = kinds.includes("chat") && onSite.includes("vision") && !kinds.includes("vision");
  return sees ? [...kinds, "vision"] : kinds;
}
