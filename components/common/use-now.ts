"use client";

import { useEffect, useState } from "react";

/** Milliseconds since the epoch, renewed every `everyMs` while `isOn`. */
export function useNow(isOn: boolean, everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [isOn, everyMs]);
  return now;
}
