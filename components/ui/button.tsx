import type { ComponentProps } from "react";
import { cn } from "@/lib/shared/cn";

const TONES = {
  outlined: "border-control bg-surface text-ink hover:bg-hover",
  solid: "border-solid bg-solid text-on-solid",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
  danger: "border-control bg-surface text-bad hover:bg-hover",
} as const;

const SIZES = {
  compact: "h-7 px-2 text-12",
  control: "h-8 px-3 text-13",
  main: "h-10 px-4 text-14",
} as const;

type ButtonProps = ComponentProps<"button"> & {
  tone?: keyof typeof TONES;
  size?: keyof typeof SIZES;
};

/** The classes of a button, for links that look like one. */
export function buttonClasses(
  tone: keyof typeof TONES = "outlined",
  size: keyof typeof SIZES = "control",
): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-4 border font-medium",
    "disabled:border-hair disabled:bg-well disabled:text-faint max-sm:min-h-11",
    TONES[tone],
    SIZES[size],
  );
}

export function Button({ tone, size, className, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={cn(buttonClasses(tone, size), className)} {...props} />;
}
