"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** Closer than this to the end counts as "at the end". */
const END_SLACK_PX = 48;
const OPENING_MS = 1_000;

/**
 * Keeps a scroller at its end while its content grows by itself. Any upward scroll lets go; being at the end again
 * takes hold. Give `attach` to the scrolling element; its first child is watched for growth.
 */
export function useStickyScroll(isGrowing: boolean) {
  const element = useRef<HTMLElement | null>(null);
  const isHeld = useRef(true);
  const growing = useRef(isGrowing);
  growing.current = isGrowing;
  const [isAway, setIsAway] = useState(false);

  const toEnd = useCallback(() => {
    const box = element.current;
    if (!box) return;
    isHeld.current = true;
    box.scrollTop = box.scrollHeight;
    setIsAway(false);
  }, []);

  useEffect(() => {
    const box = element.current;
    const content = box?.firstElementChild;
    if (!box || !content) return undefined;
    const openedMs = performance.now();
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_SLACK_PX;
      if (box.scrollTop < lastTop && !isAtEnd) isHeld.current = false;
      if (isAtEnd) isHeld.current = true;
      lastTop = box.scrollTop;
      setIsAway(!isAtEnd);
    };
    const observer = new ResizeObserver(() => {
      // Later the reader opens and folds things, which must stay where they are.
      const isOpening = performance.now() - openedMs < OPENING_MS;
      if (isHeld.current && (growing.current || isOpening)) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, []);

  const attach = useCallback((box: HTMLElement | null) => {
    element.current = box;
  }, []);
  return { attach, isAway, toEnd };
}
