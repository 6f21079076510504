"use client";

import { useFormatter } from "next-intl";

/** Writes milliseconds as seconds with two places. */
export function useSeconds(): (ms: number) => string {
  const format = useFormatter();
  const places = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return (ms) => `${format.number(ms / 1_000, places)} s`;
}
