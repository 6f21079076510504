/** Which rows of a list are asked for; pages count from 1. */
export type Page = { number: number; size: number };

/** A whole number from 1 on; the fallback where nothing is said, null where it is no such number. */
function readCount(value: unknown, fallback: number): number | null {
  if (value === undefined || value === null || value === "") return fallback;
  const count = Number(value);
  return Number.isInteger(count) && count >= 1 ? count : null;
}

/** The page that is asked for, the first where nothing is said; null where there is no such page. */
export function readPage(number: unknown, size: unknown, defaultSize = 10): Page | null {
  const page = { number: readCount(number, 1), size: readCount(size, defaultSize) };
  return page.number && page.size ? { number: page.number, size: page.size } : null;
}

export function pageOf<Row>(rows: readonly Row[], { number, size }: Page): Row[] {
  return rows.slice((number - 1) * size, number * size);
}
