"use client";

import { useState } from "react";
import { type ApiError, asApiError, sendApi } from "@/lib/client/api";
import type { ShareList } from "@/lib/shared/schemas/share";

/** The links of the signed-in user, and their ends. */
export function useShares(initial: ShareList["shares"]) {
  const [shares, setShares] = useState(initial);
  const [fault, setFault] = useState<ApiError | null>(null);
  const end = async (path: string, isLeft: (share: ShareList["shares"][number]) => boolean) => {
    setFault(null);
    try {
      await sendApi(path, { method: "DELETE" });
      setShares((now) => now.filter(isLeft));
    } catch (error) {
      setFault(asApiError(error));
    }
  };
  return {
    shares,
    fault,
    revoke: (imageId: string) =>
      end(`/api/images/${imageId}/share`, (share) => share.imageId !== imageId),
    revokeAll: () => end("/api/shares", () => false),
  };
}
