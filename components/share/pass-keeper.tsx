"use client";

import { useKeptPass, useReopenedView } from "./use-pass-keeper";

/** Beside an opened view: see {@link useKeptPass}. */
export function PassKeeper({ slug, pass }: { slug: string; pass: string | undefined }) {
  useKeptPass(slug, pass);
  return null;
}

/** Beside the question whether to open: see {@link useReopenedView}. */
export function PassFinder({ slug, wasTried }: { slug: string; wasTried: boolean }) {
  useReopenedView(slug, wasTried);
  return null;
}
