"use client";

import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";
import { useMenu } from "./use-menu";

type MenuItem = {
  key: string;
  label: string;
  icon: ReactNode;
  isDanger?: boolean;
  run: () => void;
};

type MenuProps = { label: string; items: readonly MenuItem[]; className?: string | undefined };

/** Three dots that open a list of actions; arrow keys move, Escape and a click outside close it. */
export function Menu({ label, items, className }: MenuProps) {
  const { id, button, place } = useMenu();
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        className={cn(
          "inline-grid size-7 shrink-0 place-items-center rounded-4 text-muted hover:bg-hover hover:text-ink max-sm:size-11",
          className,
        )}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
      </button>
      <div
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        onToggle={(event) => place(event)?.querySelector("button")?.focus()}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          const buttons = [...event.currentTarget.querySelectorAll("button")];
          const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
          buttons.at((at + step) % buttons.length)?.focus();
        }}
        className="fixed m-0 min-w-40 rounded-6 bg-raised p-1 text-body shadow-1"
      >
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            onClick={(event) => {
              event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
              item.run();
            }}
            className={cn(
              "flex h-8 w-full items-center gap-2 rounded-4 px-2 text-left text-13 hover:bg-hover max-sm:h-11",
              item.isDanger ? "text-bad" : "text-ink",
            )}
          >
            {item.icon}
            {item.label}
          </button>
        ))}
      </div>
    </>
  );
}
