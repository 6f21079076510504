"use client";

import type { ComponentProps } from "react";
import { cn } from "@/lib/shared/cn";
import { useHydrated } from "./use-hydrated";

const BOX =
  "w-full min-w-0 rounded-4 border bg-surface px-2.5 text-13 text-ink max-sm:text-[16px] disabled:border-hair disabled:bg-well disabled:text-faint";

type Fault = { hasFault?: boolean };

/** What is typed into a controlled box before the page reacts would be lost, so it waits. */
function useReadOnly({
  value,
  readOnly,
}: {
  value?: unknown;
  readOnly?: boolean | undefined;
}): boolean {
  const isReady = useHydrated();
  return readOnly === true || (value !== undefined && !isReady);
}

export function Input({ hasFault = false, className, ...props }: ComponentProps<"input"> & Fault) {
  return (
    <input
      aria-invalid={hasFault || undefined}
      className={cn(BOX, "h-9", hasFault ? "border-bad" : "border-control", className)}
      {...props}
      readOnly={useReadOnly(props)}
    />
  );
}

export function Textarea({
  hasFault = false,
  className,
  ...props
}: ComponentProps<"textarea"> & Fault) {
  return (
    <textarea
      aria-invalid={hasFault || undefined}
      className={cn(
        BOX,
        "py-2 leading-[21px]",
        hasFault ? "border-bad" : "border-control",
        className,
      )}
      {...props}
      readOnly={useReadOnly(props)}
    />
  );
}
