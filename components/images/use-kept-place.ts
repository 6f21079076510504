"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";
import { findKeptGallery, type KeptGallery, keepGallery } from "./kept-gallery";

/** Leaves the gallery in `box` as it is for the way back to it, and begins as far down as it was left. */
export function useKeptPlace(
  box: RefObject<HTMLElement | null>,
  { images, nextCursor, filter }: Omit<KeptGallery, "scrollTop">,
): void {
  const latest = useRef({ images, nextCursor, filter });
  latest.current = { images, nextCursor, filter };
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    element.scrollTop = findKeptGallery()?.scrollTop ?? 0;
    return () => keepGallery({ ...latest.current, scrollTop: element.scrollTop });
  }, [box]);
}
