"use client";

import { useCallback, useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import { type Lane, laneSchema } from "@/lib/shared/schemas/lane";

const BUSY_EVERY_MS = 2_000;
const IDLE_EVERY_MS = 20_000;
const CHANGED_EVENT = "msp:lane";

/** Tells the chip that a call was sent or has ended. */
export function announceLaneChange(): void {
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** What runs and waits with the user's token; read often while something does. */
export function useLane() {
  const [entries, setEntries] = useState<Lane["entries"]>([]);
  const read = useCallback(() => {
    if (document.hidden) return;
    callApi(laneSchema, "/api/lane").then(
      (lane) => setEntries(lane.entries),
      () => undefined,
    );
  }, []);
  const isBusy = entries.length > 0;
  useEffect(() => {
    read();
    const timer = setInterval(read, isBusy ? BUSY_EVERY_MS : IDLE_EVERY_MS);
    window.addEventListener(CHANGED_EVENT, read);
    return () => {
      clearInterval(timer);
      window.removeEventListener(CHANGED_EVENT, read);
    };
  }, [isBusy, read]);
  return { entries, read };
}
