"use client";

import { useCallback, useEffect, useRef } from "react";

const UNDO_MS = 5_000;

/**
 * Deletes after the five seconds in which it can be undone; at once where the page is left. The
 * returned function takes an id and gives back its undo.
 */
export function useDelayedDelete(
  remove: (id: string) => Promise<void>,
): (id: string) => () => void {
  const pending = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const latestRemove = useRef(remove);
  latestRemove.current = remove;
  useEffect(() => {
    const timers = pending.current;
    const flush = () => {
      for (const [id, timer] of timers) {
        clearTimeout(timer);
        void latestRemove.current(id).catch(() => undefined);
      }
      timers.clear();
    };
    window.addEventListener("pagehide", flush);
    return () => {
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, []);
  return useCallback((id) => {
    const timer = setTimeout(() => {
      pending.current.delete(id);
      void latestRemove.current(id).catch(() => undefined);
    }, UNDO_MS);
    pending.current.set(id, timer);
    return () => {
      clearTimeout(timer);
      pending.current.delete(id);
    };
  }, []);
}
