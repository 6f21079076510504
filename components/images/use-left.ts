"use client";

import { useCredits } from "../layout/use-credits";

/** Magicubes that are left, and whether a click costs more; null where either is not known. */
export function useLeft(cost: number | null) {
  const credits = useCredits();
  const left = credits?.state === "known" ? credits.available : null;
  return { left, isPoor: left !== null && cost !== null && left < cost };
}
