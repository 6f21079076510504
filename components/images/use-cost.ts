"use client";

import { useCredits } from "../layout/use-credits";

/** What a click costs and what is left, in Magicubes; null where that is not known. */
export function useCost(price: number | null, count: number) {
  const credits = useCredits();
  const left = credits?.state === "known" ? credits.available : null;
  const cost = price === null ? null : price * count;
  return { cost, left, isPoor: left !== null && cost !== null && left < cost };
}
