"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { useHydrated } from "./use-hydrated";

type SelectProps<Value extends string> = Omit<
  ComponentProps<"select">,
  "value" | "onChange" | "children"
> & {
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of several, by the browser's own list. */
export function Select<Value extends string>({
  value,
  options,
  onChange,
  ...props
}: SelectProps<Value>) {
  const isReady = useHydrated();
  return (
    <span className="relative block min-w-0 flex-1">
      <select
        {...props}
        disabled={!isReady || props.disabled}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value);
          if (chosen) onChange(chosen.value);
        }}
        className="h-8 w-full appearance-none rounded-4 border border-control bg-surface px-2.5 pr-8 text-13 text-ink hover:bg-hover max-sm:h-11 max-sm:text-[16px]"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
