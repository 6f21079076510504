"use client";

import { type RefObject, useLayoutEffect } from "react";
import { findKeptGallery, type KeptGallery, keepGallery } from "./kept-gallery";

/** Leaves the gallery in `box` as it is for the way back to it, and begins as far down as it was left. */
export function useKeptPlace(
  box: RefObject<HTMLElement | null>,
  { images, nextCursor, filter }: Omit<KeptGallery, "scrollTop">,
): void {
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = findKeptGallery()?.scrollTop ?? 0;
  }, [box]);
  // What comes next is drawn before this is taken down: it is kept beforehand, its place as it goes.
  useLayoutEffect(() => {
    const element = box.current;
    const keep = () =>
      keepGallery({ images, nextCursor, filter, scrollTop: element?.scrollTop ?? 0 });
    keep();
    return keep;
  }, [box, images, nextCursor, filter]);
}
