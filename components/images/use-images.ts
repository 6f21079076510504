"use client";

import { useCallback, useRef, useState } from "react";
import { ApiError, asApiError, sendApi } from "@/lib/client/api";
import type { CreateImageBody, ImageList, ImageView } from "@/lib/shared/schemas/image";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";
import {
  addAbove,
  addImages,
  cancelImages,
  checkImage,
  isActive,
  isNarrowed,
  orderImages,
  putImages,
  readActive,
  readImage,
} from "./image-requests";
import { useTicks } from "./use-returns";
import { useShownImages } from "./use-shown-images";

const DOUBT_MS = 3_000;

/** The user's pictures: those in view, kept up to date while any is being made, and what is done to them. */
export function useImages(initial: { list: ImageList; owner: string }) {
  const { latest, change, catchUp, ...gallery } = useShownImages(initial.list, initial.owner);
  const { images } = gallery.shown;
  const [deletions, setDeletions] = useState(0);
  const isPolling = useRef(false);

  const put = useCallback(
    (newer: readonly ImageView[]) => change((now) => putImages(now, newer)),
    [change],
  );

  const noteDeletion = () => setDeletions((count) => count + 1);
  const hide = (ids: ReadonlySet<string>) =>
    change((now) => ({ ...now, images: now.images.filter(({ id }) => !ids.has(id)) }));

  // One request for all that are being made; only what has ended is read by itself.
  const poll = useCallback(async () => {
    if (isPolling.current) return;
    isPolling.current = true;
    try {
      const { images: active } = await readActive();
      const known = new Set(active.map(({ id }) => id));
      const ended = latest.current.shown.images.filter(
        (one) => isActive(one) && !known.has(one.id),
      );
      put(await Promise.all(ended.map(({ id }) => readImage(id))));
      // What another tab has ordered is news where everything is shown.
      if (isNarrowed(latest.current.shown.filter)) put(active);
      else change((now) => addAbove(now, active));
      if (ended.length > 0) {
        announceCall();
        announceLaneChange();
      }
    } catch {
      // asked again in a second
    } finally {
      isPolling.current = false;
    }
  }, [put, change, latest]);
  useTicks(images.some(isActive), poll);

  return {
    ...gallery,
    images,
    nextCursor: gallery.shown.nextCursor,
    create: async (body: CreateImageBody, idempotencyKey: string) => {
      const ordered = await orderImages(body, idempotencyKey).catch((error) => {
        // It may have been taken though its answer was lost.
        setTimeout(() => void catchUp(), DOUBT_MS);
        throw error;
      });
      announceLaneChange();
      change((now) => addImages(now, ordered));
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
    setFavourite: (chosen: readonly ImageView[], isFavourite: boolean) => {
      put(chosen.map((image) => ({ ...image, isFavourite })));
      const body = { ids: chosen.map(({ id }) => id), isFavourite };
      sendApi("/api/images", { method: "PATCH", body }).catch(() => put(chosen));
    },
    /** How often pictures were deleted: what is counted has changed. */
    deletions,
    noteDeletion,
    hide,
    restore: (hidden: readonly ImageView[]) => change((now) => addImages(now, hidden)),
    refresh: async (id: string) => {
      const image = await readImage(id).catch(asApiError);
      if (!(image instanceof ApiError)) return put([image]);
      // Deleted elsewhere, or by the visit before this one.
      if (image.code !== "not_found") return undefined;
      hide(new Set([id]));
      return noteDeletion();
    },
  };
}

export type Gallery = ReturnType<typeof useImages>;
