"use client";

import { RotateCcw } from "lucide-react";
import { cn } from "@/lib/shared/cn";
import { IconButton } from "./icon-button";
import { useHydrated } from "./use-hydrated";

type NeedleProps = {
  id: string;
  label: string;
  value: number | undefined;
  range: { min: number; max: number; step: number; usual?: number | undefined };
  texts: { unset: string; reset: string };
  fault?: string | undefined;
  onChange: (value: number | undefined) => void;
};

/** Rounds to the step without the tails of binary fractions. */
function toStep(value: number, { min, max, step }: NeedleProps["range"]): number {
  const decimals = String(step).split(".")[1]?.length ?? 0;
  return Number(Math.min(max, Math.max(min, value)).toFixed(decimals));
}

/**
 * A number as a needle over a ruler and a box. Unset is its own state: hollow needle at the usual
 * place, dashed box. Double-click, Backspace on the ruler or the reset button make it unset.
 */
export function Needle({ id, label, value, range, texts, fault, onChange }: NeedleProps) {
  const shown = value ?? range.usual ?? range.min;
  const share = Math.min(1, Math.max(0, (shown - range.min) / (range.max - range.min)));
  const isUnset = value === undefined;
  const isReady = useHydrated();
  return (
    <div className="grid gap-1">
      <div className="flex min-h-7 items-center gap-1.5">
        <label htmlFor={id} className="text-12 font-medium text-muted">
          {label}
        </label>
        {!isUnset && <span className="size-[5px] rounded-full bg-signal" />}
        {!isUnset && (
          <IconButton label={texts.reset} className="ml-auto" onClick={() => onChange(undefined)}>
            <RotateCcw size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="flex items-center gap-3">
        <div className="relative h-7 min-w-0 flex-1">
          <span className="ruler absolute inset-x-0 bottom-[5px] h-[7px]" />
          {!isUnset && (
            <span
              className="absolute bottom-[5px] left-0 h-0.5 bg-signal"
              style={{ width: `${share * 100}%` }}
            />
          )}
          <span
            className={cn(
              "absolute bottom-px -ml-px h-[22px] w-0.5",
              isUnset ? "bg-rule" : "bg-ink",
            )}
            style={{ left: `${share * 100}%` }}
          >
            <span
              className={cn(
                "absolute top-0 -left-1 h-2 w-2.5 rounded-2",
                isUnset ? "border border-control bg-panel" : "bg-ink",
              )}
            />
          </span>
          <input
            type="range"
            aria-label={label}
            aria-valuetext={isUnset ? texts.unset : String(value)}
            min={range.min}
            max={range.max}
            step={range.step}
            value={shown}
            onChange={(event) => onChange(toStep(event.target.valueAsNumber, range))}
            onDoubleClick={() => onChange(undefined)}
            onKeyDown={(event) => {
              if (event.key === "Backspace") onChange(undefined);
            }}
            className="absolute inset-0 w-full cursor-pointer opacity-0 peer"
          />
          <span className="pointer-events-none absolute inset-0 rounded-2 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-signal" />
        </div>
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={range.min}
          max={range.max}
          step={range.step}
          value={value ?? ""}
          readOnly={!isReady}
          placeholder={texts.unset}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            onChange(Number.isNaN(next) ? undefined : next);
          }}
          className={cn(
            "h-7 w-[72px] shrink-0 rounded-4 border bg-surface px-2 text-right font-mono text-12 text-ink max-sm:h-11 max-sm:text-[16px]",
            fault ? "border-bad" : "border-control",
            isUnset && "border-dashed",
          )}
        />
      </div>
      {fault && (
        <p id={`${id}-note`} className="text-12 text-bad">
          {fault}
        </p>
      )}
    </div>
  );
}
