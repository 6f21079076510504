"use client";

import { useCallback, useRef, useState } from "react";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { type GridView, gridSchema } from "@/lib/shared/schemas/grid";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";
import { isActive } from "./image-requests";
import { useClickKey } from "./use-click-key";
import { useTicks } from "./use-returns";

/** A grid as it fills, and the way to have the rest of it made. */
export function useGrid(initial: GridView) {
  const [grid, setGrid] = useState(initial);
  const [budget, setBudget] = useState<number | undefined>();
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const click = useClickKey();
  const { id } = initial;
  const activeCount = grid.images.filter(isActive).length;

  const latestCount = useRef(activeCount);
  latestCount.current = activeCount;

  // One look at a time, and none that began before an order was taken counts.
  const isLooking = useRef(false);
  const orders = useRef(0);
  const refresh = useCallback(async () => {
    if (isLooking.current) return;
    isLooking.current = true;
    const before = orders.current;
    const next = await callApi(gridSchema, `/api/grids/${id}`).catch(() => null);
    isLooking.current = false;
    if (!next || orders.current !== before) return;
    setGrid(next);
    if (next.images.filter(isActive).length === latestCount.current) return;
    announceCall();
    announceLaneChange();
  }, [id]);

  useTicks(activeCount > 0, refresh);

  const run = async () => {
    const body = budget === undefined ? {} : { budget };
    setIsSending(true);
    setFault(null);
    try {
      const next = await click(body, (key) =>
        callApi(gridSchema, `/api/grids/${id}/run`, {
          method: "POST",
          body,
          headers: { "idempotency-key": key },
        }),
      );
      orders.current += 1;
      setGrid(next);
      announceLaneChange();
    } catch (error) {
      setFault(asApiError(error));
    } finally {
      setIsSending(false);
    }
  };

  return { grid, budget, setBudget, isSending, fault, run };
}
