"use client";

import { useEffect, useState } from "react";

const loadDiagram = () => import("./diagram");

/** The address of a drawn diagram; null until it is drawn, and where it cannot be. */
export function useDiagram(text: string, isNeeded: boolean): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!isNeeded) return undefined;
    let drawn: string | null = null;
    let isCurrent = true;
    const isDark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
    loadDiagram()
      .then(({ drawDiagram }) => drawDiagram(text, isDark))
      .then(
        (address) => {
          drawn = address;
          if (isCurrent) setUrl(address);
          else URL.revokeObjectURL(address);
        },
        () => undefined,
      );
    return () => {
      isCurrent = false;
      if (drawn) URL.revokeObjectURL(drawn);
    };
  }, [text, isNeeded]);
  return url;
}
