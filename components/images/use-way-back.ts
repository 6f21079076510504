"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { isGalleryBehind } from "./kept-gallery";

export const GALLERY = "/images";

/** Leads back to the gallery: by the browser's own history where it came from there. */
export function useWayBack(): () => void {
  const router = useRouter();
  return useCallback(() => {
    if (isGalleryBehind()) router.back();
    else router.push(GALLERY);
  }, [router]);
}
