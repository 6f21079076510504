"use client";

import { useSyncExternalStore } from "react";
import { callApi } from "@/lib/client/api";
import { type Credits, creditsSchema } from "@/lib/shared/schemas/credits";

const EVERY_MS = 60_000;
const APART_MS = 20_000;
/** After a call something has changed: it is not waited so long. */
const APART_CALLS_MS = 2_000;
const CALL_EVENT = "msp:call";
const TOKEN_EVENT = "msp:token";

/** Tells the chip that a call ended, or that a limit is another one. */
export function announceCall(): void {
  window.dispatchEvent(new Event(CALL_EVENT));
}

/** Tells the chip that another token is stored, or none. */
export function announceTokenChange(): void {
  window.dispatchEvent(new Event(TOKEN_EVENT));
}

/** What the last reading said, for all who show it; there is one reader however many they are. */
let known: Credits | null = null;
const listeners = new Set<() => void>();
let stopReading: (() => void) | null = null;

function tell(credits: Credits): void {
  known = credits;
  for (const listener of listeners) listener();
}

/** Reads now, after each call, on focus and each minute in view; never twice in 20 s, after calls in 2 s. */
function startReading(): () => void {
  let lastReadMs = Number.NEGATIVE_INFINITY;
  let planned: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const read = () => {
    planned = undefined;
    if (document.hidden) return;
    lastReadMs = performance.now();
    callApi(creditsSchema, "/api/credits").then(
      (credits) => isOver || tell(credits),
      () => undefined,
    );
  };
  const plan = (apartMs: number) =>
    setTimeout(read, Math.max(0, lastReadMs + apartMs - performance.now()));
  const readSoon = () => {
    planned ??= plan(APART_MS);
  };
  const onCall = () => {
    clearTimeout(planned);
    planned = plan(APART_CALLS_MS);
  };
  const onTokenChange = () => {
    clearTimeout(planned);
    read();
  };
  read();
  const timer = setInterval(readSoon, EVERY_MS);
  window.addEventListener("focus", readSoon);
  window.addEventListener(CALL_EVENT, onCall);
  window.addEventListener(TOKEN_EVENT, onTokenChange);
  return () => {
    isOver = true;
    clearTimeout(planned);
    clearInterval(timer);
    window.removeEventListener("focus", readSoon);
    window.removeEventListener(CALL_EVENT, onCall);
    window.removeEventListener(TOKEN_EVENT, onTokenChange);
  };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  stopReading ??= startReading();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopReading?.();
    stopReading = null;
    known = null; // whoever looks next may be somebody else
  };
}

/** The balance; null until it is read. */
export function useCredits(): Credits | null {
  return useSyncExternalStore(
    subscribe,
    () => known,
    () => null,
  );
}
