"use client";

import { RotateCcw } from "lucide-react";
import type { KeyboardEvent } from "react";
import { cn } from "@/lib/shared/cn";
import { IconButton } from "./icon-button";
import { useHydrated } from "./use-hydrated";

type Range = {
  min: number;
  max: number;
  step: number;
  usual?: number | undefined;
  /** For ranges over several powers of ten: equal ways are equal factors. */
  isLogarithmic?: boolean | undefined;
};

type NeedleProps = {
  id: string;
  label: string;
  value: number | undefined;
  range: Range;
  texts: { unset: string; reset: string };
  fault?: string | undefined;
  onChange: (value: number | undefined) => void;
};

/** Places along the ruler; fine enough for every range we have. */
const PLACES = 1_000;
const BIG_STEP = 10;
const LOG_FACTOR = 1.1;

/** Rounds to the step without the tails of binary fractions. */
function toStep(value: number, { min, max, step }: Range): number {
  const decimals = String(step).split(".")[1]?.length ?? 0;
  const rounded = Math.round(value / step) * step;
  return Number(Math.min(max, Math.max(min, rounded)).toFixed(decimals));
}

/** Where a value stands, from 0 to 1. */
function toShare(value: number, { min, max, isLogarithmic }: Range): number {
  const share = isLogarithmic
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.min(1, Math.max(0, share));
}

function fromShare(share: number, range: Range): number {
  const { min, max, isLogarithmic } = range;
  const value = isLogarithmic ? min * (max / min) ** share : min + share * (max - min);
  return toStep(value, range);
}

const DIRECTIONS: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
};

/** The value after a key; `undefined` where the key means nothing here. */
function afterKey(event: KeyboardEvent, value: number, range: Range): number | undefined {
  if (event.key === "Home") return range.min;
  if (event.key === "End") return range.max;
  const direction = DIRECTIONS[event.key];
  if (direction === undefined) return undefined;
  const times = event.shiftKey ? BIG_STEP : 1;
  if (range.isLogarithmic) return toStep(value * LOG_FACTOR ** (direction * times), range);
  return toStep(value + direction * times * range.step, range);
}

/**
 * A number as a needle over a ruler and a box. Unset is its own state: hollow needle at the usual
 * place, dashed box. Double-click, Backspace on the ruler or the reset button make it unset.
 */
export function Needle({ id, label, value, range, texts, fault, onChange }: NeedleProps) {
  const isReady = useHydrated();
  const isUnset = value === undefined;
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
        <Ruler label={label} value={value} range={range} unset={texts.unset} onChange={onChange} />
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={range.min}
          max={range.max}
          step={range.step}
          value={isUnset || Number.isNaN(value) ? "" : value}
          readOnly={!isReady}
          placeholder={texts.unset}
          aria-invalid={fault ? true : undefined}
          aria-describedby={`${id}-note`}
          onChange={() => undefined}
          // Not onChange: to React "1e" and an empty box are the same.
          onInput={(event) => {
            // What is no number yet, as "1e", stays in the box and is told as a fault.
            const { valueAsNumber, validity } = event.currentTarget;
            onChange(Number.isNaN(valueAsNumber) && !validity.badInput ? undefined : valueAsNumber);
          }}
          className={cn(
            "h-7 w-[72px] shrink-0 rounded-4 border bg-surface px-2 text-right font-mono text-12 text-ink [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none max-sm:h-11 max-sm:text-[16px]",
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

type RulerProps = Pick<NeedleProps, "label" | "value" | "range" | "onChange"> & { unset: string };

function Ruler({ label, value, range, unset, onChange }: RulerProps) {
  const isUnset = value === undefined;
  const shown = (Number.isNaN(value) ? undefined : value) ?? range.usual ?? range.min;
  const share = toShare(shown, range);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace") return onChange(undefined);
    const next = afterKey(event, shown, range);
    if (next === undefined) return undefined;
    event.preventDefault();
    return onChange(next);
  };
  return (
    <div className="relative h-7 min-w-0 flex-1">
      <span className="ruler absolute inset-x-0 bottom-[5px] h-[7px]" />
      {!isUnset && (
        <span
          className="absolute bottom-[5px] left-0 h-0.5 bg-signal"
          style={{ width: `${share * 100}%` }}
        />
      )}
      <span
        className={cn("absolute bottom-px -ml-px h-[22px] w-0.5", isUnset ? "bg-rule" : "bg-ink")}
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
        aria-valuetext={isUnset ? unset : String(value)}
        min={0}
        max={PLACES}
        step={1}
        value={Math.round(share * PLACES)}
        onChange={(event) => onChange(fromShare(event.target.valueAsNumber / PLACES, range))}
        onPointerUp={() => {
          // A click on the hollow needle moves nothing, but it chooses the value it stands at.
          if (isUnset) onChange(toStep(shown, range));
        }}
        onDoubleClick={() => onChange(undefined)}
        onKeyDown={onKeyDown}
        className="peer absolute inset-0 w-full cursor-pointer appearance-none opacity-0 [&::-moz-range-thumb]:h-7 [&::-moz-range-thumb]:w-px [&::-moz-range-thumb]:border-0 [&::-webkit-slider-thumb]:h-7 [&::-webkit-slider-thumb]:w-px [&::-webkit-slider-thumb]:appearance-none"
      />
      <span className="pointer-events-none absolute inset-0 rounded-2 peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-signal" />
    </div>
  );
}
