"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Closer than this to the end counts as "at the end". */
const END_SLACK_PX = 48;
const OPENING_MS = 1_000;
/** The reader moves, or opens something. */
const MOVES = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

type StickyOptions = {
  /** An answer is being written. */
  isGrowing: boolean;
  /** Changes when messages are put before those in view. */
  firstKey: string | null;
  /** A message to begin at, instead of the end. */
  startId: string | null;
};

/**
 * Keeps a scroller at its end while its content grows by itself. Any upward scroll lets go; being at
 * the end again takes hold. What is put before the messages in view does not move them; a message to
 * begin at stays in view until the reader moves. Give `attach` to the scrolling element; its first child
 * is watched for growth.
 */
export function useStickyScroll({ isGrowing, firstKey, startId }: StickyOptions) {
  const element = useRef<HTMLElement | null>(null);
  const isHeld = useRef(startId === null);
  const growing = useRef(isGrowing);
  growing.current = isGrowing;
  const [isAway, setIsAway] = useState(false);
  // Messages get their true heights only when they come near the view, which moves the others.
  const start = useRef(startId);
  const toStart = useCallback(() => {
    const target = start.current && document.getElementById(start.current);
    if (target) target.scrollIntoView({ block: "center" });
  }, []);

  const toEnd = useCallback(() => {
    const box = element.current;
    if (!box) return;
    start.current = null;
    isHeld.current = true;
    box.scrollTop = box.scrollHeight;
    setIsAway(false);
  }, []);

  const fromEnd = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what comes before that moves the rest
  useLayoutEffect(() => {
    const box = element.current;
    if (start.current) toStart();
    else if (box && !isHeld.current) box.scrollTop = box.scrollHeight - fromEnd.current;
  }, [firstKey]);

  useEffect(() => {
    start.current = startId;
    toStart();
  }, [startId, toStart]);

  useEffect(() => {
    const box = element.current;
    const content = box?.firstElementChild;
    if (!box || !content) return undefined;
    const openedMs = performance.now();
    let lastTop = box.scrollTop;
    const onScroll = () => {
      fromEnd.current = box.scrollHeight - box.scrollTop;
      const isAtEnd = fromEnd.current - box.clientHeight < END_SLACK_PX;
      if (box.scrollTop < lastTop && !isAtEnd) isHeld.current = false;
      if (isAtEnd) isHeld.current = true;
      lastTop = box.scrollTop;
      setIsAway(!isAtEnd);
    };
    const release = () => {
      start.current = null;
    };
    const observer = new ResizeObserver(() => {
      if (start.current) return toStart();
      // Later the reader opens and folds things, which must stay where they are.
      const isOpening = performance.now() - openedMs < OPENING_MS;
      if (isHeld.current && (growing.current || isOpening)) box.scrollTop = box.scrollHeight;
    });
    // The box below may grow, and leave less room for the transcript.
    const room = new ResizeObserver(() => {
      if (isHeld.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content);
    room.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    for (const name of MOVES) box.addEventListener(name, release, { passive: true });
    return () => {
      observer.disconnect();
      room.disconnect();
      box.removeEventListener("scroll", onScroll);
      for (const name of MOVES) box.removeEventListener(name, release);
    };
  }, [toStart]);

  const attach = useCallback((box: HTMLElement | null) => {
    element.current = box;
  }, []);
  return { attach, isAway, toEnd };
}
