"use client";

import { useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import { type Credits, creditsSchema } from "@/lib/shared/schemas/usage";

const EVERY_MS = 60_000;
const APART_MS = 20_000;
const CALL_EVENT = "msp:call";
const TOKEN_EVENT = "msp:token";

/** Tells the chip that a call ended. */
export function announceCall(): void {
  window.dispatchEvent(new Event(CALL_EVENT));
}

/** Tells the chip that another token is stored, or none. */
export function announceTokenChange(): void {
  window.dispatchEvent(new Event(TOKEN_EVENT));
}

/** The balance: read now, after each call, on focus and each minute in view; never twice in 20 s. */
export function useCredits(): Credits | null {
  const [credits, setCredits] = useState<Credits | null>(null);
  useEffect(() => {
    let lastReadMs = Number.NEGATIVE_INFINITY;
    let planned: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      planned = undefined;
      if (document.hidden) return;
      lastReadMs = performance.now();
      callApi(creditsSchema, "/api/credits").then(setCredits, () => undefined);
    };
    const readSoon = () => {
      planned ??= setTimeout(read, Math.max(0, lastReadMs + APART_MS - performance.now()));
    };
    const onTokenChange = () => {
      clearTimeout(planned);
      read();
    };
    read();
    const timer = setInterval(readSoon, EVERY_MS);
    window.addEventListener("focus", readSoon);
    window.addEventListener(CALL_EVENT, readSoon);
    window.addEventListener(TOKEN_EVENT, onTokenChange);
    return () => {
      clearTimeout(planned);
      clearInterval(timer);
      window.removeEventListener("focus", readSoon);
      window.removeEventListener(CALL_EVENT, readSoon);
      window.removeEventListener(TOKEN_EVENT, onTokenChange);
    };
  }, []);
  return credits;
}
