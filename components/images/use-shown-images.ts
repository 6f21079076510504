"use client";

import { useCallback, useRef, useState } from "react";
import type { ImageList } from "@/lib/shared/schemas/image";
import {
  addImages,
  type GalleryFilter,
  joinPage,
  NO_FILTER,
  readAgain,
  readPage,
} from "./image-requests";
import { findKeptGallery, type ShownImages } from "./kept-gallery";
import { useOnce, useReturn } from "./use-returns";

/**
 * The pictures that are in view: as they were left, and read again at once; else the first page, from the
 * server. Then what a filter shows.
 */
export function useShownImages(first: ImageList, owner: string) {
  const [left] = useState(() => findKeptGallery(owner));
  const [shown, setShown] = useState<ShownImages>(left?.shown ?? { ...first, filter: NO_FILTER });
  const [filter, setFilter] = useState(shown.filter);
  const [isLoading, setIsLoading] = useState(false);
  const latest = useRef({ shown, filter });
  latest.current.shown = shown;

  const change = useCallback(
    (next: (list: ImageList) => ImageList) => setShown((now) => ({ ...now, ...next(now) })),
    [],
  );

  // What another tab, another device or a lost answer has made meanwhile.
  const catchUp = useCallback(async () => {
    const { filter: wanted } = latest.current;
    const page = await readPage(wanted, null).catch(() => null);
    if (page && latest.current.shown.filter === wanted) change((now) => joinPage(now, page));
  }, [change]);
  useReturn(catchUp);

  const renew = useCallback(async () => {
    const { images, filter: of } = latest.current.shown;
    const known = new Set(images.map(({ id }) => id));
    const again = await readAgain(of, images.length);
    if (!again || latest.current.shown.filter !== of) return;
    // What was ordered meanwhile stays.
    change((now) =>
      addImages(
        again,
        now.images.filter(({ id }) => !known.has(id)),
      ),
    );
  }, [change]);
  useOnce(left !== null, renew);

  const load = async (next: GalleryFilter, cursor: string | null) => {
    setIsLoading(true);
    try {
      const page = await readPage(next, cursor);
      if (latest.current.filter !== next) return; // another filter was set meanwhile
      setShown((now) => ({
        ...page,
        images: cursor ? [...now.images, ...page.images] : page.images,
        filter: next,
      }));
    } catch {
      // what is in view stays
    } finally {
      setIsLoading(false);
    }
  };

  return {
    shown,
    latest,
    change,
    catchUp,
    /** What is wanted; what is in view may be another filter's for a moment. */
    filter,
    isLoading,
    show: (next: GalleryFilter) => {
      setFilter(next);
      latest.current.filter = next;
      void load(next, null);
    },
    showMore: () => {
      const { nextCursor, filter: of } = shown;
      if (nextCursor && of === filter && !isLoading) void load(of, nextCursor);
    },
  };
}
