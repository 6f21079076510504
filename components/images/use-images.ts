"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { callApi, sendApi } from "@/lib/client/api";
import {
  ACTIVE_STATUSES,
  type CreateImageBody,
  type ImageGroup,
  type ImageList,
  type ImageView,
  imageAnswerSchema,
  imageListSchema,
  imageOrderSchema,
} from "@/lib/shared/schemas/image";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";

const POLL_MS = 1_000;

/** What the gallery shows; empty texts are no filter. Days as YYYY-MM-DD, of this browser's zone. */
export type GalleryFilter = {
  group: ImageGroup;
  q: string;
  model: string;
  from: string;
  to: string;
};

const NO_FILTER: GalleryFilter = { group: "all", q: "", model: "", from: "", to: "" };

/** Whether a filter leaves anything out. */
export const isNarrowed = ({ group, q, model, from, to }: GalleryFilter) =>
  group !== "all" || [q.trim(), model, from, to].some((text) => text !== "");

export const isActive = ({ status }: ImageView) => ACTIVE_STATUSES.includes(status);

/** The beginning of a day, or of the one after it. */
function toInstant(day: string, plusDays = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + plusDays).toISOString();
}

function toPath({ group, q, model, from, to }: GalleryFilter, cursor: string | null): string {
  const query = new URLSearchParams({ group });
  if (q.trim()) query.set("q", q.trim());
  if (model) query.set("model", model);
  if (from) query.set("from", toInstant(from));
  if (to) query.set("to", toInstant(to, 1));
  if (cursor) query.set("cursor", cursor);
  return `/api/images?${query}`;
}

const newestFirst = (a: ImageView, b: ImageView) =>
  b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);

/** The user's pictures: from the server at first paint, then kept up to date while any is being made. */
export function useImages(initial: ImageList) {
  const [list, setList] = useState(initial);
  const [filter, setFilter] = useState(NO_FILTER);
  const [isLoading, setIsLoading] = useState(false);
  const latest = useRef({ list, filter });
  latest.current.list = list;
  const isPolling = useRef(false);
  const isAnyActive = list.images.some(isActive);

  const put = useCallback((images: readonly ImageView[]) => {
    const byId = new Map(images.map((image) => [image.id, image]));
    setList((before) => ({
      ...before,
      images: before.images.map((old) => byId.get(old.id) ?? old),
    }));
  }, []);

  const read = useCallback((id: string) => {
    return callApi(imageAnswerSchema, `/api/images/${id}`).then(({ image }) => image);
  }, []);

  // One request for all that are being made; only what has ended is read by itself.
  const poll = useCallback(async () => {
    if (isPolling.current) return;
    isPolling.current = true;
    try {
      const { images } = await callApi(imageListSchema, "/api/images?group=active");
      const known = new Set(images.map(({ id }) => id));
      const ended = latest.current.list.images.filter((one) => isActive(one) && !known.has(one.id));
      put([...images, ...(await Promise.all(ended.map(({ id }) => read(id))))]);
      if (ended.length > 0) {
        announceCall();
        announceLaneChange();
      }
    } catch {
      // asked again in a second
    } finally {
      isPolling.current = false;
    }
  }, [put, read]);

  useEffect(() => {
    if (!isAnyActive) return undefined;
    const timer = setInterval(() => void poll(), POLL_MS);
    return () => clearInterval(timer);
  }, [isAnyActive, poll]);

  const load = async (next: GalleryFilter, cursor: string | null) => {
    setIsLoading(true);
    try {
      const page = await callApi(imageListSchema, toPath(next, cursor));
      if (latest.current.filter !== next) return; // another filter was set meanwhile
      setList((now) => ({
        images: cursor ? [...now.images, ...page.images] : page.images,
        nextCursor: page.nextCursor,
      }));
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
    /** Orders pictures under a key made for this click. Throws `ApiError`. */
    create: async (body: CreateImageBody, idempotencyKey: string) => {
      const { images } = await callApi(imageOrderSchema, "/api/images", {
        method: "POST",
        body,
        headers: { "idempotency-key": idempotencyKey },
      });
      announceLaneChange();
      const ids = new Set(images.map(({ id }) => id));
      setList((now) => ({
        ...now,
        images: [...images, ...now.images.filter(({ id }) => !ids.has(id))].sort(newestFirst),
      }));
    },
    cancel: async (ids: string[]) => {
      await sendApi("/api/images/cancel", { method: "POST", body: { ids } }).catch(() => undefined);
      await poll();
      announceLaneChange();
    },
    /** Asks ModelScope once more for a picture that was given up. */
    check: async (id: string) => {
      const call = { method: "POST" } as const;
      const answer = await callApi(imageAnswerSchema, `/api/images/${id}/check`, call).catch(
        () => null,
      );
      if (answer) put([answer.image]);
    },
    setFavourite: (images: readonly ImageView[], isFavourite: boolean) => {
      put(images.map((image) => ({ ...image, isFavourite })));
      const body = { ids: images.map(({ id }) => id), isFavourite };
      sendApi("/api/images", { method: "PATCH", body }).catch(() => put(images));
    },
    hide: (ids: ReadonlySet<string>) =>
      setList((now) => ({ ...now, images: now.images.filter(({ id }) => !ids.has(id)) })),
    restore: (images: readonly ImageView[]) =>
      setList((now) => ({ ...now, images: [...now.images, ...images].sort(newestFirst) })),
    refresh: async (id: string) => {
      const image = await read(id).catch(() => null);
      if (image) put([image]);
    },
  };
}

export type Gallery = ReturnType<typeof useImages>;
