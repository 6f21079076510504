"use client";

import { useState } from "react";
import { flushSync } from "react-dom";

/** On phones the form is a sheet that is folded or not; on wider screens it is always open. */
export function useFormSheet() {
  const [isOpen, setIsOpen] = useState(false);
  return {
    isOpen,
    toggle: () => setIsOpen((now) => !now),
    fold: () => setIsOpen(false),
    /** Opens it at the field of an id. */
    openAt: (fieldId: string) => {
      flushSync(() => setIsOpen(true));
      const field = document.getElementById(fieldId);
      field?.scrollIntoView({ block: "center" });
      field?.focus();
    },
  };
}
export type FormSheet = ReturnType<typeof useFormSheet>;
