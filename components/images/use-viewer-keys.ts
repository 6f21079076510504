"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Neighbours } from "./kept-gallery";

/** The keys are meant for something else: a box, a dialog, the browser. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  // A needle has use for the arrows alone.
  const boxes = event.key.startsWith("Arrow") ? "input" : "input:not([type=range])";
  const isBox =
    target instanceof HTMLElement && target.closest(`${boxes}, textarea, select`) !== null;
  const isShortcut = event.metaKey || event.ctrlKey || event.altKey;
  return isBox || isShortcut || document.querySelector("dialog[open]") !== null;
}

function toggleFullscreen(element: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void element?.requestFullscreen();
}

/** ← → go from picture to picture, F fills the screen with `element`, Escape goes back to the gallery. */
export function useViewerKeys({ newerId, olderId }: Neighbours, element: () => HTMLElement | null) {
  const router = useRouter();
  useEffect(() => {
    const paths: Record<string, string | null> = {
      ArrowLeft: newerId && `/images/${newerId}`,
      ArrowRight: olderId && `/images/${olderId}`,
      Escape: "/images",
    };
    // Going through pictures is one step for Back.
    const go = (path: string) => (path === "/images" ? router.push(path) : router.replace(path));
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      if (event.key.toLowerCase() === "f") toggleFullscreen(element());
      const path = paths[event.key];
      if (path && !document.fullscreenElement) go(path);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [newerId, olderId, router, element]);
}
