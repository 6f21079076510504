"use client";

import { type KeyboardEvent, useRef } from "react";

/**
 * Whether an input method is composing, so that Enter and Escape are its own. Safari ends the
 * composition before its Enter arrives; others say so in the event.
 */
export function useComposition() {
  const isOn = useRef(false);
  return {
    isComposing: (event: KeyboardEvent) =>
      isOn.current || event.nativeEvent.isComposing || event.keyCode === 229,
    handlers: {
      onCompositionStart: () => {
        isOn.current = true;
      },
      onCompositionEnd: () => {
        setTimeout(() => {
          isOn.current = false;
        }, 0);
      },
    },
  };
}

/** Enter, where it sends: not with Shift, and not on touch keyboards, which could not break a line else. */
export const isSendKey = ({ key, shiftKey }: KeyboardEvent) =>
  key === "Enter" && !shiftKey && !window.matchMedia("(pointer: coarse)").matches;
