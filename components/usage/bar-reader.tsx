"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";

export type Series = { key: string; label: string; colour: string };

/** What is read of one bar, and where its middle is: a share of the width. */
export type Reading = {
  at: string;
  middle: number;
  total: string;
  /** One for each series, in their order; null where the bar has no such part. */
  values: readonly (string | null)[];
};

type BarReaderProps = {
  /** The chart's name, and what is read while no bar is meant. */
  label: string;
  summary: string;
  series: readonly Series[];
  readings: readonly Reading[];
  children: ReactNode;
};

/**
 * Lets the numbers of a bar be read above the chart, so that nothing covers the bars: by pointing, by a tap,
 * or with the arrow keys.
 */
export function BarReader({ label, summary, series, readings, children }: BarReaderProps) {
  const [index, setIndex] = useState<number | null>(null);
  const last = readings.length - 1;
  const reading = index === null ? undefined : readings[Math.min(index, last)];
  const parts = series.flatMap((one, place) => {
    const value = reading?.values[place];
    return value ? [{ ...one, value }] : [];
  });

  const point = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const place = (clientX - left) / width;
    const distances = readings.map(({ middle }) => Math.abs(middle - place));
    setIndex(distances.indexOf(Math.min(...distances)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = index ?? last + 1;
    const goals: Record<string, number | null> = {
      ArrowLeft: Math.max(0, from - 1),
      ArrowRight: Math.min(last, from + 1),
      Home: 0,
      End: last,
      Escape: null,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    setIndex(goal);
  };

  return (
    <>
      <p
        aria-hidden
        className="mb-2 h-9 overflow-hidden text-12 leading-[18px] text-muted max-sm:h-[54px]"
        data-testid="bar-reading"
      >
        {reading ? <ReadingLine reading={reading} parts={parts} /> : summary}
      </p>
      {/* Begins at the right end: where there is no room for all, the newest bars are in view. */}
      <div className="overflow-x-auto [direction:rtl]">
        <div className="relative min-w-[30rem] [direction:ltr]">
          {children}
          {readings.length > 0 && (
            <div
              role="slider"
              tabIndex={0}
              aria-label={label}
              aria-valuemin={1}
              aria-valuemax={readings.length}
              aria-valuenow={(index ?? last) + 1}
              aria-valuetext={reading ? toText(reading, parts) : summary}
              onPointerMove={point}
              onPointerDown={point}
              // A finger leaves as soon as it lifts; what it tapped stays.
              onPointerLeave={({ pointerType }) => pointerType === "mouse" && setIndex(null)}
              onBlur={() => setIndex(null)}
              onKeyDown={onKeyDown}
              className="absolute inset-0 cursor-crosshair touch-pan-x touch-pan-y focus-visible:-outline-offset-2!"
            />
          )}
          {reading && (
            <span
              aria-hidden
              className="pointer-events-none absolute top-0 bottom-[10%] w-px bg-ink"
              style={{ left: `${reading.middle * 100}%` }}
            />
          )}
        </div>
      </div>
    </>
  );
}

type Part = Series & { value: string };

const toText = ({ at, total }: Reading, parts: readonly Part[]) =>
  [`${at}: ${total}`, ...parts.map(({ label, value }) => `${label} ${value}`)].join(", ");

function ReadingLine({ reading, parts }: { reading: Reading; parts: readonly Part[] }) {
  return (
    <>
      <span className="mr-3 font-mono text-ink">
        {reading.at} · {reading.total}
      </span>
      {parts.map(({ key, label, colour, value }) => (
        <span key={key} className="mr-3 whitespace-nowrap">
          <span className="mr-1 inline-block size-2 rounded-[1px]" style={{ background: colour }} />
          {label} <span className="font-mono text-ink">{value}</span>
        </span>
      ))}
    </>
  );
}
