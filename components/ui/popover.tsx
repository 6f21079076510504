"use client";

import { type ReactNode, useCallback, useRef } from "react";
import { createPortal } from "react-dom";

type PopoverProps = {
  label: string;
  /** What it hangs below. */
  anchor: HTMLElement | null;
  onClose: () => void;
  /** Gets what closes it; the focus then goes back to where it was. */
  children: (close: () => void) => ReactNode;
};

const GAP_PX = 4;
const EDGE_PX = 16;
const WIDTH_PX = 680;

/** Less room than this below, and it hangs above where there is more. */
const MIN_HEIGHT_PX = 320;

/** Below the anchor, or above it where there is more room, and never past the right edge of the window. */
function placeBelow(element: HTMLElement, anchor: HTMLElement | null): void {
  const box = anchor?.getBoundingClientRect();
  const width = Math.min(WIDTH_PX, window.innerWidth - 2 * EDGE_PX);
  const left = Math.max(EDGE_PX, Math.min(box?.left ?? 0, window.innerWidth - width - EDGE_PX));
  const top = (box?.bottom ?? 0) + GAP_PX;
  element.style.left = `${left}px`;
  element.style.width = `${width}px`;
  const below = window.innerHeight - top - EDGE_PX;
  const above = (box?.top ?? 0) - GAP_PX - EDGE_PX;
  const isAbove = below < MIN_HEIGHT_PX && above > below;
  element.style.top = isAbove ? "auto" : `${top}px`;
  element.style.bottom = isAbove ? `${window.innerHeight - (box?.top ?? 0) + GAP_PX}px` : "auto";
  element.style.maxHeight = `${isAbove ? above : below}px`;
}

/**
 * A panel below a button, the whole screen on phones. A modal dialog underneath: the focus stays
 * inside and goes back; Escape and a click outside close it.
 */
export function Popover({ label, anchor, onClose, children }: PopoverProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = useCallback(
    (element: HTMLDialogElement | null) => {
      dialog.current = element;
      if (!element || element.open) return;
      placeBelow(element, anchor);
      element.showModal();
    },
    [anchor],
  );
  // Outside of where it is used: inside of a form, Enter in it would send that form.
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={show}
      aria-label={label}
      onClose={(event) => event.target === event.currentTarget && onClose()}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
      className="m-0 overflow-hidden rounded-6 bg-raised p-0 text-body shadow-1 backdrop:bg-transparent max-sm:inset-0! max-sm:h-dvh max-sm:max-h-none! max-sm:w-screen! max-sm:max-w-none max-sm:rounded-none"
    >
      {children(() => dialog.current?.close())}
    </dialog>,
    document.body,
  );
}
