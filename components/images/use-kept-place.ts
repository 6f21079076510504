"use client";

import { type RefObject, useLayoutEffect } from "react";
import {
  findKeptGallery,
  keepGallery,
  keepPlace,
  noteWay,
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

/** Scrolls a card to its place; answers whether it got there. */
function scrollToPlace(box: HTMLElement, { id, offset }: Place): boolean {
  const card = box.querySelector(`[data-image="${CSS.escape(id)}"]`);
  if (!card) return true;
  const missing = () => card.getBoundingClientRect().top - box.getBoundingClientRect().top - offset;
  box.scrollTop += missing();
  return Math.abs(missing()) < 1;
}

const MAX_FRAMES = 30;

/**
 * Scrolls to a place, again with each frame until it is reached: what is not in view yet is as high as was
 * guessed, and the form beside it grows on phones. Whoever scrolls meanwhile is left alone; answers a way
 * to end it.
 */
function settleAt(box: HTMLElement, place: Place): () => void {
  const ending = new AbortController();
  const step = (framesLeft: number) => {
    if (ending.signal.aborted || scrollToPlace(box, place) || framesLeft === 0) return;
    requestAnimationFrame(() => step(framesLeft - 1));
  };
  const end = () => ending.abort();
  for (const type of ["wheel", "touchstart", "keydown"]) {
    box.addEventListener(type, end, { signal: ending.signal, passive: true });
  }
  step(MAX_FRAMES);
  return end;
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
    noteWay(false);
    const element = box.current;
    const place = isRestored ? findKeptGallery(owner)?.place : null;
    const end = element && place ? settleAt(element, place) : undefined;
    return () => {
      end?.();
      keepPlace(element && findPlace(element));
    };
  }, [box, owner, isRestored]);
  // The viewer is drawn before the gallery is taken down: it is kept beforehand.
  useLayoutEffect(() => keepGallery(owner, shown), [owner, shown]);
}
