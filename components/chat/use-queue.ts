"use client";

import { useEffect, useRef, useState } from "react";

/** Questions that were written while an answer was awaited; each is sent when the one before has ended. */
export function useQueue(isBusy: boolean, send: (text: string) => void) {
  const [texts, setTexts] = useState<readonly string[]>([]);
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const [next] = texts;
    if (isBusy || next === undefined) return;
    setTexts(texts.slice(1));
    latest.current(next);
  }, [isBusy, texts]);
  return {
    texts,
    add: (text: string) => setTexts((now) => [...now, text]),
    drop: (index: number) => setTexts((now) => now.filter((_text, at) => at !== index)),
  };
}
