"use client";

import { type Ref, useState } from "react";
import { cn } from "@/lib/shared/cn";
import { PlainImage } from "../ui/plain-image";

type Side = { src: string; alt: string; label: string };

type CompareSliderProps = {
  before: Side;
  after: Side & { width: number | undefined; height: number | undefined };
  /** What the needle is called. */
  label: string;
  className?: string;
  pictureRef?: Ref<HTMLImageElement>;
};

const MIDDLE = 50;

/** Two pictures one over the other; the needle shows more of the one or the other, by mouse, touch and keys. */
export function CompareSlider(props: CompareSliderProps) {
  const { before, after, label, className, pictureRef } = props;
  const [percent, setPercent] = useState(MIDDLE);
  return (
    <div className={cn("relative w-fit overflow-hidden rounded-6 bg-well", className)}>
      <PlainImage
        ref={pictureRef}
        src={after.src}
        alt={after.alt}
        width={after.width}
        height={after.height}
        className="block h-auto max-h-[inherit] w-auto max-w-full object-contain"
      />
      <PlainImage
        src={before.src}
        alt={before.alt}
        style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}
        className="absolute inset-0 size-full bg-well object-contain"
      />
      <Label text={before.label} className="left-2.5" />
      <Label text={after.label} className="right-2.5" />
      <input
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-label={label}
        aria-valuetext={`${percent} %`}
        onChange={(event) => setPercent(Number(event.target.value))}
        className="peer absolute inset-0 size-full cursor-ew-resize opacity-0"
      />
      <span
        aria-hidden
        style={{ left: `${percent}%` }}
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-1/2 bg-raised shadow-1 peer-focus-visible:bg-signal"
      >
        <span className="absolute top-1/2 left-1/2 size-6 -translate-1/2 rounded-full border-2 border-raised bg-solid" />
      </span>
    </div>
  );
}

function Label({ text, className }: { text: string; className: string }) {
  return (
    <span
      className={cn(
        "pointer-events-none absolute top-2.5 rounded-4 bg-raised px-2 py-0.5 text-12 text-ink",
        className,
      )}
    >
      {text}
    </span>
  );
}
