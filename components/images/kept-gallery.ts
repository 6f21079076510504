import type { ImageList } from "@/lib/shared/schemas/image";
import { type GalleryFilter, isNarrowed, NO_FILTER, renewList } from "./image-requests";

/** A gallery as its reader left it: what it showed, and how far down. */
export type KeptGallery = ImageList & { filter: GalleryFilter; scrollTop: number };

// Lives as long as the page is not loaded anew, and so no longer than a session.
let left: KeptGallery | null = null;

export const keepGallery = (gallery: KeptGallery): void => {
  left = gallery;
};

export const findKeptGallery = (): KeptGallery | null => left;

/**
 * What a gallery begins with, of the first page of everything: as it was left, where it was. What was
 * left with a filter is to be read again.
 */
export function toBeginning(first: ImageList) {
  if (!left) return { list: first, filter: NO_FILTER, isBehind: false };
  const { images, nextCursor, filter } = left;
  const list = { images, nextCursor };
  const isBehind = isNarrowed(filter);
  return { list: isBehind ? list : renewList(list, first), filter, isBehind };
}

/** Takes a picture that was deleted elsewhere out of what was left. */
export function dropFromKeptGallery(id: string): void {
  if (!left) return;
  left = { ...left, images: left.images.filter((image) => image.id !== id) };
}

/**
 * The finished pictures before and after one among those that a filter showed; null where nothing was
 * left out or the picture was not among them.
 */
export function findKeptNeighbours(
  id: string,
): { newerId: string | null; olderId: string | null } | null {
  if (!left || !isNarrowed(left.filter)) return null;
  const done = left.images.filter(({ status }) => status === "done");
  const place = done.findIndex((image) => image.id === id);
  if (place < 0) return null;
  return { newerId: done[place - 1]?.id ?? null, olderId: done[place + 1]?.id ?? null };
}
