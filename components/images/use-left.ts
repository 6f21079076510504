"use client";

import type { Cap } from "@/lib/shared/schemas/credits";
import { useCredits } from "../layout/use-credits";

type Order = {
  /** How many pictures. */
  count: number;
  /** Magicubes; null where that is not known. */
  cost: number | null;
};

/** The team's limit of today that an order would break, as the error it would be refused with. */
function findSpent(caps: readonly Cap[], { count, cost }: Order) {
  const more = { calls: count, pictures: count, credits: cost ?? 0 };
  for (const { scope, measure, level, used, limit } of caps) {
    if (scope === "self") continue; // one's own budget only warns
    const isBroken =
      used === null ? level === "reached" : more[measure] > 0 && used + more[measure] > limit;
    if (isBroken) return `${scope}_${measure}_spent` as const;
  }
  return null;
}

/** Magicubes that are left, whether an order costs more, and which limit of today it would break; null = not known. */
export function useLeft(order: Order) {
  const credits = useCredits();
  const left = credits?.state === "known" ? credits.available : null;
  return {
    left,
    isPoor: left !== null && order.cost !== null && left < order.cost,
    spent: credits && findSpent(credits.caps, order),
  };
}
