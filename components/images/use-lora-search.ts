"use client";

import { useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import { loraListSchema } from "@/lib/shared/schemas/lora";

const PAUSE_MS = 300;
const MIN_LETTERS = 2;

/** LoRAs of ModelScope's site that fit what is being written, a moment after the last letter. */
export function useLoraSearch(typed: string): readonly string[] {
  const [found, setFound] = useState<readonly string[]>([]);
  const text = typed.trim();
  useEffect(() => {
    if (text.length < MIN_LETTERS) return undefined;
    const ending = new AbortController();
    const timer = setTimeout(() => {
      const path = `/api/loras?q=${encodeURIComponent(text)}`;
      callApi(loraListSchema, path, { signal: ending.signal }).then(
        ({ ids }) => setFound(ids),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [text]);
  return found;
}
