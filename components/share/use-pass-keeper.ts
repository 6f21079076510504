"use client";

import { useEffect } from "react";

const keyOf = (slug: string) => `msp:share-pass:${slug}`;

/** Takes the pass of a counted view out of the address, which people pass on, and keeps it for this tab. */
export function useKeptPass(slug: string, pass: string | undefined): void {
  useEffect(() => {
    if (!pass) return;
    try {
      sessionStorage.setItem(keyOf(slug), pass);
    } catch {
      return; // without storage a reload needs the address as it is
    }
    const address = new URL(window.location.href);
    address.searchParams.delete("pass");
    window.history.replaceState(window.history.state, "", address);
  }, [slug, pass]);
}

/** Goes on with a view that this tab has opened before. `wasTried`: the server did not take the pass. */
export function useReopenedView(slug: string, wasTried: boolean): void {
  useEffect(() => {
    try {
      const pass = sessionStorage.getItem(keyOf(slug));
      if (!pass) return;
      if (wasTried) return sessionStorage.removeItem(keyOf(slug));
      const address = new URL(window.location.href);
      address.searchParams.set("pass", pass);
      window.location.replace(address);
    } catch {
      // no storage, no view that was opened before
    }
  }, [slug, wasTried]);
}
