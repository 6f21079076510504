"use client";

import { useState } from "react";

const NOBODY: ReadonlySet<string> = new Set();

/** Which pictures are chosen together; null while nothing is being chosen. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  return {
    chosen,
    isOn: chosen !== null,
    begin: () => setChosen(NOBODY),
    end: () => setChosen(null),
    choose: (ids: readonly string[]) => setChosen(new Set(ids)),
    toggle: (id: string) =>
      setChosen((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
  };
}
