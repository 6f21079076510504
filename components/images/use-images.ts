"use client";

import { useCallback, useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import {
  type CreateImageBody,
  type ImageList,
  type ImageView,
  imageAnswerSchema,
  imageListSchema,
  RUNNING_IMAGE_STATUSES,
} from "@/lib/shared/schemas/image";
import { announceCall } from "../layout/use-credits";

const POLL_MS = 1_000;

const isRunning = ({ status }: ImageView) => RUNNING_IMAGE_STATUSES.includes(status);

/** The user's pictures: from the server at first paint, then kept up to date while any is being made. */
export function useImages(initial: ImageList) {
  const [list, setList] = useState(initial);
  const running = list.images.filter(isRunning).map(({ id }) => id);
  const runningKey = running.join(" ");

  const replace = useCallback((image: ImageView) => {
    setList((before) => ({
      ...before,
      images: before.images.map((old) => (old.id === image.id ? image : old)),
    }));
    if (!isRunning(image)) announceCall();
  }, []);

  useEffect(() => {
    if (!runningKey) return undefined;
    const timer = setInterval(() => {
      for (const id of runningKey.split(" ")) {
        callApi(imageAnswerSchema, `/api/images/${id}`).then(
          ({ image }) => replace(image),
          () => undefined,
        );
      }
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [runningKey, replace]);

  return {
    ...list,
    /** Orders a picture under a key made for this click. Throws `ApiError`. */
    create: async (body: CreateImageBody, idempotencyKey: string) => {
      const { image } = await callApi(imageAnswerSchema, "/api/images", {
        method: "POST",
        body,
        headers: { "idempotency-key": idempotencyKey },
      });
      setList((before) => ({
        ...before,
        images: [image, ...before.images.filter(({ id }) => id !== image.id)],
      }));
    },
    cancel: async (id: string) => {
      const { image } = await callApi(imageAnswerSchema, `/api/images/${id}/cancel`, {
        method: "POST",
      });
      replace(image);
    },
    hide: (id: string) =>
      setList((before) => ({
        ...before,
        images: before.images.filter((image) => image.id !== id),
      })),
    restore: (image: ImageView) =>
      setList((before) => ({
        ...before,
        images: [...before.images, image].sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
      })),
    showMore: async () => {
      if (!list.nextCursor) return;
      const query = new URLSearchParams({ cursor: list.nextCursor });
      const next = await callApi(imageListSchema, `/api/images?${query}`);
      setList({ images: [...list.images, ...next.images], nextCursor: next.nextCursor });
    },
  };
}
