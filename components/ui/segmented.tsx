"use client";

import { cn } from "@/lib/shared/cn";

type SegmentedProps<Value extends string> = {
  label: string;
  name: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  isWide?: boolean;
};

/** One of a few, as a row of radio cells; arrow keys move. */
export function Segmented<Value extends string>({
  label,
  name,
  value,
  options,
  onChange,
  isWide = false,
}: SegmentedProps<Value>) {
  return (
    <fieldset
      className={cn(
        "relative overflow-hidden rounded-4 border border-control bg-surface",
        isWide ? "flex w-full" : "inline-flex shrink-0",
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "inline-flex h-[26px] items-center justify-center border-l border-hair px-2.5 text-12 first-of-type:border-l-0 max-sm:h-10",
            "has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-signal",
            isWide && "flex-1 px-1!",
            option.value === value
              ? "bg-solid font-medium text-on-solid"
              : "cursor-pointer text-muted hover:bg-hover hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
