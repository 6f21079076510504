"use client";

import { useCallback, useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import { type Credits, creditsSchema } from "@/lib/shared/schemas/usage";

const EVERY_MS = 60_000;
const CHANGED_EVENT = "msp:credits";

/** Tells the chip that a call ended or the token changed. */
export function announceCreditsChange(): void {
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** The balance, read now, after each call, on focus and each minute while the page is in view. */
export function useCredits(): Credits | null {
  const [credits, setCredits] = useState<Credits | null>(null);
  const read = useCallback(() => {
    if (document.hidden) return;
    callApi(creditsSchema, "/api/credits").then(setCredits, () => undefined);
  }, []);
  useEffect(() => {
    read();
    const timer = setInterval(read, EVERY_MS);
    window.addEventListener("focus", read);
    window.addEventListener(CHANGED_EVENT, read);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", read);
      window.removeEventListener(CHANGED_EVENT, read);
    };
  }, [read]);
  return credits;
}
