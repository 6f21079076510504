"use client";

import { useEffect, useState } from "react";

const KEY = "msp:comparison";

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off
  }
}

/**
 * Keeps the address of a comparison that has answers, and gives that of the one before; null where
 * there is none.
 */
export function useLastComparison(address: string, hasAnswers: boolean): string | null {
  const [before, setBefore] = useState<string | null>(null);
  useEffect(() => setBefore(read()), []);
  useEffect(() => {
    if (!hasAnswers) return;
    try {
      localStorage.setItem(KEY, address);
    } catch {
      // storage is switched off
    }
  }, [address, hasAnswers]);
  return hasAnswers || before === address ? null : before;
}
