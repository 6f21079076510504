import type { ImageList } from "@/lib/shared/schemas/image";
import { type GalleryFilter, isNarrowed } from "./image-requests";

/** Pictures in view, with the filter that they were read with. */
export type ShownImages = ImageList & { filter: GalleryFilter };

/** A card, and how far below the top of the gallery's box it begins, in pixels. */
export type Place = { id: string; offset: number };

type KeptGallery = { owner: string; shown: ShownImages; place: Place | null };

// As a reader left it; it lives until the page is loaded anew.
let left: KeptGallery | null = null;
// The page before the viewer is the gallery, so that going back is the way to it.
let isBehind = false;

/** The gallery is in view, or a picture was opened from it. */
export const noteWay = (isFromGallery: boolean): void => {
  isBehind = isFromGallery;
};

export const isGalleryBehind = (): boolean => isBehind;

/** Keeps what a gallery shows; its place in it is kept by itself, when it is left. */
export const keepGallery = (owner: string, shown: ShownImages): void => {
  left = { owner, shown, place: null };
};

export function keepPlace(place: Place | null): void {
  if (left) left = { ...left, place };
}

/** What this user left; what another one did is nobody's business. */
export const findKeptGallery = (owner: string): KeptGallery | null =>
  left?.owner === owner ? left : null;

/** Takes a picture that was deleted elsewhere out of what was left. */
export function dropFromKeptGallery(id: string): void {
  if (!left) return;
  const images = left.shown.images.filter((image) => image.id !== id);
  left = { ...left, shown: { ...left.shown, images } };
}

export type Neighbours = { newerId: string | null; olderId: string | null };

/**
 * The finished pictures before and after one: among those that a filter showed, else among all. Past the
 * last that was read of a filter the way goes on through all.
 */
export function toNeighbours(id: string, all: Neighbours): Neighbours {
  if (!left || !isNarrowed(left.shown.filter)) return all;
  const done = left.shown.images.filter(({ status }) => status === "done");
  const index = done.findIndex((image) => image.id === id);
  if (index < 0) return all;
  const isCut = left.shown.nextCursor !== null;
  return {
    newerId: done[index - 1]?.id ?? null,
    olderId: done[index + 1]?.id ?? (isCut ? all.olderId : null),
  };
}
