"use client";

import { type RefObject, useLayoutEffect } from "react";
import {
  findKeptGallery,
  keepGallery,
  keepPlace,
  type Place,
  type ShownImages,
} from "./kept-gallery";

/** The first card in view of a box that is scrolled; null at its top, where what is new appears. */
function findPlace(box: HTMLElement): Place | null {
  if (box.scrollTop === 0) return null;
  const { top } = box.getBoundingClientRect();
  for (const card of box.querySelectorAll<HTMLElement>("[data-image]")) {
    const rect = card.getBoundingClientRect();
    if (rect.bottom > top) return { id: card.dataset.image ?? "", offset: rect.top - top };
  }
  return null;
}

function scrollToPlace(box: HTMLElement, { id, offset }: Place): void {
  const card = box.querySelector(`[data-image="${CSS.escape(id)}"]`);
  if (!card) return;
  box.scrollTop += card.getBoundingClientRect().top - box.getBoundingClientRect().top - offset;
}

type KeptPlaceOptions = {
  owner: string;
  shown: ShownImages;
  /** Whether it begins where it was left, and not at its top. */
  isRestored: boolean;
};

/** Leaves the gallery in `box` as it is for the way back to it, and begins where it was left. */
export function useKeptPlace(
  box: RefObject<HTMLElement | null>,
  { owner, shown, isRestored }: KeptPlaceOptions,
): void {
  useLayoutEffect(() => {
    const element = box.current;
    const place = isRestored ? findKeptGallery(owner)?.place : null;
    if (element && place) scrollToPlace(element, place);
    return () => keepPlace(element && findPlace(element));
  }, [box, owner, isRestored]);
  // The viewer is drawn before the gallery is taken down: it is kept beforehand.
  useLayoutEffect(() => keepGallery(owner, shown), [owner, shown]);
}
