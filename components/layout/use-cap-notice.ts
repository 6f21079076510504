"use client";

import { useEffect, useState } from "react";
import { toLedgerDay } from "@/lib/shared/calendar";
import type { Cap } from "@/lib/shared/schemas/credits";
import { useCredits } from "./use-credits";

const STORE = "msp:cap-notice";

/** What was put away: for this day, these limits at these levels. */
const toMark = (caps: readonly Cap[]) =>
  [
    toLedgerDay(new Date()),
    ...caps.map(({ scope, measure, level }) => `${scope} ${measure} ${level}`),
  ].join("|");

/** The limits of today that are nearly or wholly used, unless just these were put away today. */
export function useCapNotice(): { caps: readonly Cap[]; dismiss: () => void } {
  const credits = useCredits();
  const [dismissed, setDismissed] = useState<string | null>(null);
  useEffect(() => {
    try {
      setDismissed(localStorage.getItem(STORE));
    } catch {
      // without a store it is put away until the page is loaded anew
    }
  }, []);
  const caps = (credits?.caps ?? []).filter(({ level }) => level !== "ok");
  const mark = toMark(caps);
  const dismiss = () => {
    setDismissed(mark);
    try {
      localStorage.setItem(STORE, mark);
    } catch {
      // as above
    }
  };
  return { caps: dismissed === mark ? [] : caps, dismiss };
}
