"use client";

import { useRef, useState } from "react";

type Action = (...values: never[]) => void;

/** The same functions under an identity that never changes, so that what gets them is not drawn anew. */
export function useStable<A extends Record<string, Action>>(actions: A): A {
  const latest = useRef(actions);
  latest.current = actions;
  const [stable] = useState(() => {
    const entries = Object.keys(actions).map((name) => [
      name,
      (...values: never[]) => latest.current[name]?.(...values),
    ]);
    return Object.fromEntries(entries) as A;
  });
  return stable;
}
