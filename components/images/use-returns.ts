"use client";

import { useEffect, useRef } from "react";

const TICK_MS = 1_000;

/** Looks again each second while it is on. */
export function useTicks(isOn: boolean, look: () => Promise<void>): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => void look(), TICK_MS);
    return () => clearInterval(timer);
  }, [isOn, look]);
}

/** Looks again whenever the reader comes back to the page, or the network does. */
export function useReturn(look: () => Promise<void>): void {
  useEffect(() => {
    const onReturn = () => {
      if (document.visibilityState === "visible") void look();
    };
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("online", onReturn);
    return () => {
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("online", onReturn);
    };
  }, [look]);
}

/** Looks once, where it is on from the start. */
export function useOnce(isOn: boolean, look: () => Promise<void>): void {
  const first = useRef(isOn ? look : null);
  useEffect(() => {
    void first.current?.();
    first.current = null;
  }, []);
}
