/** A price as the ledger keeps it: half Magicubes, whole numbers; null = not known. */
export function toHalfCredits(price: number | null): number | null {
  return price === null ? null : Math.round(price * 2);
}
