"use client";

import { useCallback, useRef, useState } from "react";
import { sendApi } from "@/lib/client/api";
import type { CreateImageBody, ImageList, ImageView } from "@/lib/shared/schemas/image";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";
import {
  addImages,
  cancelImages,
  checkImage,
  type GalleryFilter,
  isActive,
  orderImages,
  putImages,
  readActive,
  readImage,
  readPage,
  renewList,
} from "./image-requests";
import { toBeginning } from "./kept-gallery";
import { useOnce, useReturn, useTicks } from "./use-returns";

const DOUBT_MS = 3_000;

/** The user's pictures: from the server at first paint, then kept up to date while any is being made. */
export function useImages(initial: ImageList) {
  const [beginning] = useState(() => toBeginning(initial));
  const [list, setList] = useState(beginning.list);
  const [filter, setFilter] = useState(beginning.filter);
  const [isLoading, setIsLoading] = useState(false);
  const [deletions, setDeletions] = useState(0);
  const latest = useRef({ list, filter });
  latest.current.list = list;
  const isPolling = useRef(false);

  const put = useCallback(
    (images: readonly ImageView[]) => setList((now) => putImages(now, images)),
    [],
  );

  // One request for all that are being made; only what has ended is read by itself.
  const poll = useCallback(async () => {
    if (isPolling.current) return;
    isPolling.current = true;
    try {
      const { images } = await readActive();
      const known = new Set(images.map(({ id }) => id));
      const ended = latest.current.list.images.filter((one) => isActive(one) && !known.has(one.id));
      put([...images, ...(await Promise.all(ended.map(({ id }) => readImage(id))))]);
      if (ended.length > 0) {
        announceCall();
        announceLaneChange();
      }
    } catch {
      // asked again in a second
    } finally {
      isPolling.current = false;
    }
  }, [put]);
  useTicks(list.images.some(isActive), poll);

  // What another tab, another device or a lost answer has made meanwhile.
  const catchUp = useCallback(async () => {
    const { filter: shown } = latest.current;
    const page = await readPage(shown, null).catch(() => null);
    if (page && latest.current.filter === shown) setList((now) => addImages(now, page.images));
  }, []);
  useReturn(catchUp);

  const renew = useCallback(async () => {
    const { filter: shown } = latest.current;
    const page = await readPage(shown, null).catch(() => null);
    if (page && latest.current.filter === shown) setList((now) => renewList(now, page));
  }, []);
  useOnce(beginning.isBehind, renew);

  const load = async (next: GalleryFilter, cursor: string | null) => {
    setIsLoading(true);
    try {
      const page = await readPage(next, cursor);
      if (latest.current.filter !== next) return; // another filter was set meanwhile
      setList((now) => (cursor ? { ...page, images: [...now.images, ...page.images] } : page));
    } catch {
      // what is in view stays
    } finally {
      setIsLoading(false);
    }
  };

  return {
    ...list,
    filter,
    isLoading,
    show: (next: GalleryFilter) => {
      setFilter(next);
      latest.current.filter = next;
      void load(next, null);
    },
    showMore: () => {
      if (list.nextCursor && !isLoading) void load(filter, list.nextCursor);
    },
    create: async (body: CreateImageBody, idempotencyKey: string) => {
      const images = await orderImages(body, idempotencyKey).catch((error) => {
        // It may have been taken though its answer was lost.
        setTimeout(() => void catchUp(), DOUBT_MS);
        throw error;
      });
      announceLaneChange();
      setList((now) => addImages(now, images));
    },
    cancel: async (ids: string[]) => {
      await cancelImages(ids);
      await poll();
      announceLaneChange();
    },
    check: async (id: string) => {
      const image = await checkImage(id);
      if (image) put([image]);
    },
    setFavourite: (images: readonly ImageView[], isFavourite: boolean) => {
      put(images.map((image) => ({ ...image, isFavourite })));
      const body = { ids: images.map(({ id }) => id), isFavourite };
      sendApi("/api/images", { method: "PATCH", body }).catch(() => put(images));
    },
    /** How often pictures were deleted: what is counted has changed. */
    deletions,
    noteDeletion: () => setDeletions((count) => count + 1),
    hide: (ids: ReadonlySet<string>) =>
      setList((now) => ({ ...now, images: now.images.filter(({ id }) => !ids.has(id)) })),
    restore: (images: readonly ImageView[]) => setList((now) => addImages(now, images)),
    refresh: async (id: string) => {
      const image = await readImage(id).catch(() => null);
      if (image) put([image]);
    },
  };
}

export type Gallery = ReturnType<typeof useImages>;
