import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toHalfCredits } from "@/lib/shared/magicubes";
import type { Site } from "@/lib/shared/schemas/token";
import { findLearntPrices } from "../db/learnt-prices";
import { findSite } from "./token";

const store = globalThis as unknown as { __mspLearntPrices?: Map<Site, Map<string, number>> };

/** Reads what calls were seen to cost, for {@link priceOf}, which nobody waits for. */
export async function loadLearntPrices(site: Site): Promise<void> {
  const prices = await findLearntPrices(site);
  store.__mspLearntPrices ??= new Map();
  store.__mspLearntPrices.set(
    site,
    new Map(prices.map(({ model, halfCredits }) => [model, halfCredits / 2])),
  );
}

const learntOf = (site: Site, model: string) => store.__mspLearntPrices?.get(site)?.get(model);

export type PriceSource = "listed" | "estimated";

/**
 * Magicubes a call: what such calls were seen to cost, else what ModelScope's list says; null where
 * neither is known.
 */
export function priceOf(
  site: Site,
  model: string,
  listed: Record<string, { price: number | null }>,
): { price: number | null; source: PriceSource | null } {
  const learnt = learntOf(site, model);
  if (learnt !== undefined) return { price: learnt, source: "estimated" };
  const price = listed[model]?.price ?? null;
  return { price, source: price === null ? null : "listed" };
}

/** A price as the ledger keeps it, with where it is from. */
export function toLedgerPrice(
  site: Site,
  model: string,
  price: number | null,
): { priceHalfCredits: number | null; priceSource: PriceSource | null } {
  const source = learntOf(site, model) === undefined ? "listed" : "estimated";
  return { priceHalfCredits: toHalfCredits(price), priceSource: price === null ? null : source };
}

/** What calls were seen to cost on the user's site, in Magicubes by model. */
export async function listSeenPrices({ userId }: Actor): Promise<Record<string, number>> {
  const prices = await findLearntPrices(await findSite(userId));
  return Object.fromEntries(prices.map(({ model, halfCredits }) => [model, halfCredits / 2]));
}
