"use client";

import { X } from "lucide-react";
import { type ReactNode, useCallback } from "react";
import { cn } from "@/lib/shared/cn";
import { IconButton } from "./icon-button";

type DialogProps = {
  title: string;
  closeLabel: string;
  onClose: () => void;
  isWide?: boolean;
  children: ReactNode;
};

/** A modal dialog: the browser traps the focus and gives it back; Escape and a click outside close it. */
export function Dialog({ title, closeLabel, onClose, isWide = false, children }: DialogProps) {
  const show = useCallback((element: HTMLDialogElement | null) => {
    if (element && !element.open) element.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={show}
      aria-label={title}
      // React lets the event rise from a dialog that is opened inside of this one.
      onClose={(event) => event.target === event.currentTarget && onClose()}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
      className={cn(
        "m-auto max-w-[calc(100vw-2rem)] rounded-10 bg-raised p-0 text-body shadow-2",
        isWide ? "w-[760px]" : "w-[480px]",
      )}
    >
      <div className="grid">
        <header className="flex items-center gap-2 py-3 pr-3 pl-5">
          <h2 className="flex-1 text-[16px] leading-6">{title}</h2>
          <form method="dialog">
            <IconButton type="submit" label={closeLabel}>
              <X size={16} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </form>
        </header>
        {children}
      </div>
    </dialog>
  );
}
