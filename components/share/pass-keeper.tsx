"use client";

import { useKeptPass, useReopenedView } from "./use-pass-keeper";

/** Beside an opened view: see {@link useKeptPass}. */
export function PassKeeper({ pass }: { pass: string | undefined }) {
  useKeptPass(pass);
  return null;
}

/** Beside what stands there where no view is open: see {@link useReopenedView}. */
export function PassFinder() {
  useReopenedView();
  return null;
}
