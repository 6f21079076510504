"use client";

import { useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import { type ImageCounts, type ImageView, imageCountsSchema } from "@/lib/shared/schemas/image";

/** How many pictures each group has; read again when those in view change. */
export function useImageCounts(
  initial: ImageCounts,
  { images, deletions }: { images: readonly ImageView[]; deletions: number },
): ImageCounts {
  const [counts, setCounts] = useState(initial);
  const states = images.map(({ id, status, isFavourite }) => `${id} ${status} ${isFavourite}`);
  const key = [deletions, ...states].join();
  const [seen, setSeen] = useState(key);
  useEffect(() => {
    if (key === seen) return undefined;
    const timer = setTimeout(() => {
      setSeen(key);
      callApi(imageCountsSchema, "/api/images/counts").then(setCounts, () => undefined);
    }, 500);
    return () => clearTimeout(timer);
  }, [key, seen]);
  return counts;
}
