"use client";

import { useEffect, useState } from "react";
import { type ApiError, asApiError, callApi, sendApi } from "@/lib/client/api";
import {
  type CreateShareBody,
  type ShareState,
  shareStateSchema,
} from "@/lib/shared/schemas/share";

/** The share link of one picture: its state, a new one, its end. */
export function useShare(imageId: string) {
  const path = `/api/images/${imageId}/share`;
  const [state, setState] = useState<ShareState | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const run = (work: Promise<void>) => {
    setFault(null);
    work.catch((error) => setFault(asApiError(error)));
  };
  useEffect(() => {
    let isCurrent = true;
    callApi(shareStateSchema, path).then(
      (next) => isCurrent && setState(next),
      (error) => isCurrent && setFault(asApiError(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [path]);
  return {
    state,
    fault,
    share: (body: CreateShareBody) =>
      run(callApi(shareStateSchema, path, { method: "POST", body }).then(setState)),
    revoke: () =>
      run(
        sendApi(path, { method: "DELETE" })
          .then(() => callApi(shareStateSchema, path))
          .then(setState),
      ),
  };
}
