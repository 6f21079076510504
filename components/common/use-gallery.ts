"use client";

import { useEffect, useRef, useState } from "react";
import { type ApiError, asApiError, callApi, openApi } from "@/lib/client/api";
import { type ImageView, imageListSchema } from "@/lib/shared/schemas/image";

type Pages = { images: readonly ImageView[]; nextCursor: string | null; isLoaded: boolean };

const NOTHING: Pages = { images: [], nextCursor: null, isLoaded: false };

async function fetchPicture(id: string): Promise<File> {
  const response = await openApi(`/api/images/${id}/file`);
  const blob = await response.blob();
  return new File([blob], id, { type: blob.type });
}

/** The user's finished pictures, newest first, of which up to `max` are picked. */
export function useGallery(max: number) {
  const [pages, setPages] = useState(NOTHING);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isFetching, setIsFetching] = useState(false);

  const load = async (cursor: string | null) => {
    const query = cursor ? `?${new URLSearchParams({ cursor })}` : "";
    try {
      const { images, nextCursor } = await callApi(imageListSchema, `/api/images${query}`);
      const done = images.filter(({ status }) => status === "done");
      const before = cursor ? pages.images : [];
      setPages({ images: [...before, ...done], nextCursor, isLoaded: true });
      setFault(null);
    } catch (error) {
      setFault(asApiError(error));
    }
  };
  const first = useRef(() => load(null));
  useEffect(() => void first.current(), []);

  return {
    ...pages,
    picked,
    fault,
    isFetching,
    isFull: picked.length >= max,
    toggle: (id: string) =>
      setPicked(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id]),
    showMore: () => void load(pages.nextCursor),
    /** The files of what was picked, in that order; null where one could not be had. */
    fetchPicked: async (): Promise<File[] | null> => {
      setIsFetching(true);
      setFault(null);
      try {
        return await Promise.all(picked.map(fetchPicture));
      } catch (error) {
        setFault(asApiError(error));
        return null;
      } finally {
        setIsFetching(false);
      }
    },
  };
}
