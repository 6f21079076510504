"use client";

import { useRef } from "react";
import { useOutsideChanges } from "./use-outside-changes";

/** From the end of an answer until it is stored as ended. */
const SETTLE_MS = 300;

type CatchUpOptions = {
  conversationId: string | null;
  /** An answer is awaited here. */
  isBusy: () => boolean;
  refresh: () => void;
};

/**
 * Reads a conversation again when it changed elsewhere: at once, or, while an answer is awaited here,
 * after its end, of which `ended` of the answer is told.
 */
export function useCatchUp({ conversationId, isBusy, refresh }: CatchUpOptions) {
  const isBehind = useRef(false);
  const latest = useRef({ isBusy, refresh });
  latest.current = { isBusy, refresh };
  useOutsideChanges(conversationId, () => {
    isBehind.current = isBusy();
    if (!isBehind.current) refresh();
  });
  return {
    ended: () => {
      if (!isBehind.current) return;
      setTimeout(() => {
        if (latest.current.isBusy()) return;
        isBehind.current = false;
        latest.current.refresh();
      }, SETTLE_MS);
    },
  };
}
