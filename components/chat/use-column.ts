"use client";

import { useEffect, useRef } from "react";
import type { Question } from "./transcript-state";

/** What a comparison does with a column. */
export type ColumnHandle = {
  /** `onSettled`: the server has taken it, or refused it. */
  send: (question: Question, onSettled: (isTaken: boolean) => void) => void;
  stop: () => void;
  isBusy: boolean;
  scroller: HTMLElement | null;
};

/** Makes a column known to the comparison for as long as it stands. Answers where its scroller goes. */
export function useColumn(
  key: string,
  register: (key: string, handle: ColumnHandle | null) => void,
  handle: Omit<ColumnHandle, "scroller">,
) {
  const scroller = useRef<HTMLElement | null>(null);
  useEffect(() => {
    register(key, { ...handle, scroller: scroller.current });
  });
  useEffect(() => () => register(key, null), [key, register]);
  return scroller;
}
