"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** Closer than this to the end counts as "at the end". */
const END_SLACK_PX = 48;

/**
 * Keeps a scroller at its end while it grows. Any upward scroll lets go; being at the end again
 * takes hold. Give `attach` to the scrolling element; its first child is watched for growth.
 */
export function useStickyScroll() {
  const element = useRef<HTMLElement | null>(null);
  const isHeld = useRef(true);
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
    let lastTop = box.scrollTop;
    const onScroll = () => {
      const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_SLACK_PX;
      if (box.scrollTop < lastTop && !isAtEnd) isHeld.current = false;
      if (isAtEnd) isHeld.current = true;
      lastTop = box.scrollTop;
      setIsAway(!isAtEnd);
    };
    const observer = new ResizeObserver(() => {
      if (isHeld.current) box.scrollTop = box.scrollHeight;
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
