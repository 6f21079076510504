"use client";

import { useEffect } from "react";

/** One link a path, so that the path names its pass. */
const toKey = () => `msp:share-pass:${window.location.pathname}`;

/** Takes the pass of a counted view out of the address, which people pass on, and keeps it for this tab. */
export function useKeptPass(pass: string | undefined): void {
  useEffect(() => {
    if (!pass) return;
    try {
      sessionStorage.setItem(toKey(), pass);
    } catch {
      return; // without storage a reload needs the address as it is
    }
    const address = new URL(window.location.href);
    address.searchParams.delete("pass");
    window.history.replaceState(window.history.state, "", address);
  }, [pass]);
}

/** Goes on with a view that this tab has opened before; a pass that was not taken is forgotten. */
export function useReopenedView(): void {
  useEffect(() => {
    try {
      const pass = sessionStorage.getItem(toKey());
      if (!pass) return;
      const address = new URL(window.location.href);
      if (address.searchParams.has("pass")) return sessionStorage.removeItem(toKey());
      address.searchParams.set("pass", pass);
      window.location.replace(address);
    } catch {
      // no storage, no view that was opened before
    }
  }, []);
}
