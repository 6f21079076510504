"use client";

import { type RefObject, type ToggleEvent, useId, useRef } from "react";
import { placeMenu } from "./place-menu";

type MenuParts = {
  id: string;
  button: RefObject<HTMLButtonElement | null>;
  /** Places what opened below its button; answers it, or null where it closed. */
  place: (event: ToggleEvent<HTMLElement>) => HTMLElement | null;
};

/** A button and what hangs below it, tied by `id`. */
export function useMenu(): MenuParts {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const place: MenuParts["place"] = ({ newState, currentTarget }) => {
    if (newState !== "open" || !button.current) return null;
    placeMenu(currentTarget, button.current);
    return currentTarget;
  };
  return { id, button, place };
}
