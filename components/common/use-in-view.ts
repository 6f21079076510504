"use client";

import { useEffect, useRef } from "react";

/** So early that what is asked for is there before it is seen. */
const MARGIN = "800px";

/** Calls `onView` each time the element comes near the view, while `isOn`. */
export function useInView(onView: () => void, isOn: boolean) {
  const element = useRef<HTMLDivElement | null>(null);
  const latest = useRef(onView);
  latest.current = onView;
  useEffect(() => {
    const target = element.current;
    if (!target || !isOn) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && latest.current(),
      { rootMargin: MARGIN },
    );
    observer.observe(target);
    return () => observer.disconnect();
  });
  return element;
}
