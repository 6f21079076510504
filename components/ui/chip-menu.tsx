"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/shared/cn";
import { useMenu } from "./use-menu";

type ChipMenuProps = Omit<ComponentProps<"button">, "children" | "popover"> & {
  chip: ReactNode;
  panelClassName: string;
  children: ReactNode;
};

/** A button in the bar, and what hangs below it while it is open. */
export function ChipMenu({ chip, panelClassName, children, className, ...props }: ChipMenuProps) {
  const { id, button, place } = useMenu();
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        className={cn(
          "inline-flex h-8 shrink-0 items-center rounded-4 border bg-surface whitespace-nowrap max-sm:h-11",
          className,
        )}
        {...props}
      >
        {chip}
      </button>
      <div
        id={id}
        popover="auto"
        onToggle={place}
        className={cn(
          "fixed inset-auto m-0 max-h-[calc(100dvh-72px)] max-w-[calc(100vw-24px)] overflow-y-auto rounded-6 bg-raised text-13 text-body shadow-1",
          panelClassName,
        )}
      >
        {children}
      </div>
    </>
  );
}
