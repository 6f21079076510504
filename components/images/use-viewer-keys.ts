"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Neighbours } from "./kept-gallery";
import { useWayBack } from "./use-way-back";

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
  const goBack = useWayBack();
  useEffect(() => {
    // Going through pictures is one step for Back.
    const goTo = (id: string | null) => {
      if (id) router.replace(`/images/${id}`);
    };
    const actions = new Map([
      ["f", () => toggleFullscreen(element())],
      ["ArrowLeft", () => goTo(newerId)],
      ["ArrowRight", () => goTo(olderId)],
      ["Escape", goBack],
    ]);
    const onKey = (event: KeyboardEvent) => {
      const key = event.key === "F" ? "f" : event.key;
      // The whole screen is left first.
      if (isTaken(event) || (document.fullscreenElement && key !== "f")) return;
      actions.get(key)?.();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [newerId, olderId, router, goBack, element]);
}
