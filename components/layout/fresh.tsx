"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Fragment, type ReactNode, useState } from "react";

/**
 * Begins its children anew each time the page's own address is gone to, also from an address that they
 * took themselves. A page that is only read again, as after a change of language, keeps them.
 */
export function Fresh({ address, children }: { address: string; children: ReactNode }) {
  const query = useSearchParams().toString();
  const now = usePathname() + (query && `?${query}`);
  const [seen, setSeen] = useState({ at: now, visits: 0 });
  if (seen.at !== now) setSeen({ at: now, visits: seen.visits + (now === address ? 1 : 0) });
  return <Fragment key={seen.visits}>{children}</Fragment>;
}
