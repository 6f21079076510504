"use client";

import { useEffect, useState } from "react";

const loaded = new Map<unknown, unknown>();

/**
 * A module that is loaded when it is needed for the first time; null until then, and where it cannot
 * be loaded. Give a `load` that never changes.
 */
export function useLazy<Module>(load: () => Promise<Module>, isNeeded: boolean): Module | null {
  const [module, setModule] = useState<Module | null>(() => (loaded.get(load) as Module) ?? null);
  useEffect(() => {
    if (!isNeeded || module) return undefined;
    let isCurrent = true;
    load().then(
      (found) => {
        loaded.set(load, found);
        if (isCurrent) setModule(() => found);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [load, isNeeded, module]);
  return module;
}
