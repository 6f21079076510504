import type { ComponentProps } from "react";
import { cn } from "@/lib/shared/cn";

type IconButtonProps = ComponentProps<"button"> & { label: string; isOn?: boolean };

/** A button that is only an icon: its label is read out and shown as a tooltip. */
export function IconButton({ label, isOn = false, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cn(
        "inline-grid size-7 shrink-0 place-items-center rounded-4 max-sm:size-11 disabled:text-faint",
        isOn ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
        className,
      )}
      {...props}
    />
  );
}
