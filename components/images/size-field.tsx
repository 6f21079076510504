"use client";

import { ArrowLeftRight, Lock, LockOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/shared/cn";
import { parseSize } from "@/lib/shared/image-params";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";

const RATIOS = [
  { name: "1:1", width: 1, height: 1 },
  { name: "3:4", width: 3, height: 4 },
  { name: "4:3", width: 4, height: 3 },
  { name: "9:16", width: 9, height: 16 },
  { name: "16:9", width: 16, height: 9 },
] as const;

/** The size of a ratio cell: exactly that ratio, near the area of the family's usual square, within its bounds. */
function sizeOf(model: string, ratio: { width: number; height: number }): string {
  const { maxSide, sideStep, defaultSize } = imageLimitsOf(model);
  const usual = parseSize(defaultSize) ?? { width: 1024, height: 1024 };
  const scale = Math.sqrt((usual.width * usual.height) / (ratio.width * ratio.height));
  const largest = maxSide / Math.max(ratio.width, ratio.height);
  const unit = Math.floor(Math.min(scale, largest) / sideStep) * sideStep;
  return `${ratio.width * unit}x${ratio.height * unit}`;
}

type SizeFieldProps = {
  model: string;
  value: string | undefined;
  fault?: string | undefined;
  onChange: (size: string | undefined) => void;
};

/** Width and height: a cell for each usual ratio, exact pixels below. Nothing chosen is not sent. */
export function SizeField({ model, value, fault, onChange }: SizeFieldProps) {
  const t = useTranslations("image");
  const { minSide, maxSide } = imageLimitsOf(model);
  const [width = "", height = ""] = (value ?? "").split("x");
  // Width by height while the two are locked to each other.
  const [locked, setLocked] = useState<number | null>(null);
  const setSide = (nextWidth: string, nextHeight: string) =>
    onChange(nextWidth || nextHeight ? `${nextWidth}x${nextHeight}` : undefined);
  const follow = (side: string, factor: number, other: string) =>
    locked === null || side === "" ? other : String(Math.round(Number(side) * factor));
  const ratio = Number(width) / Number(height);
  const canLock = Number.isFinite(ratio) && ratio > 0;
  return (
    <fieldset id="image-size" className="grid gap-2">
      <legend className="mb-1.5 flex w-full text-12 font-medium text-muted">
        {t("size")}
        <span className="ml-auto font-mono text-12 text-ink">
          {minSide}–{maxSide}
        </span>
      </legend>
      <div className="grid grid-cols-5 overflow-hidden rounded-4 border border-control bg-surface">
        {RATIOS.map((ratio) => {
          const size = sizeOf(model, ratio);
          const isOn = value === size;
          const longest = Math.max(ratio.width, ratio.height);
          return (
            <button
              key={ratio.name}
              type="button"
              aria-pressed={isOn}
              onClick={() => {
                setLocked(null);
                onChange(isOn ? undefined : size);
              }}
              className={cn(
                "grid h-[46px] content-end justify-items-center gap-[5px] border-l border-hair pb-1 font-mono text-11 leading-[14px] first:border-l-0 focus-visible:-outline-offset-2!",
                isOn ? "bg-solid text-on-solid" : "text-muted hover:bg-hover hover:text-ink",
              )}
            >
              <span
                className="block rounded-[1px] border-[1.25px] border-current"
                style={{
                  width: (ratio.width / longest) * 16,
                  height: (ratio.height / longest) * 16,
                }}
              />
              {ratio.name}
            </button>
          );
        })}
      </div>
      <div className="flex items-center gap-2">
        <Side
          label={t("width")}
          value={width}
          fault={fault}
          onChange={(next) => setSide(next, follow(next, 1 / (locked ?? 1), height))}
        />
        <span aria-hidden="true" className="text-muted">
          ×
        </span>
        <Side
          label={t("height")}
          value={height}
          fault={fault}
          onChange={(next) => setSide(follow(next, locked ?? 1, width), next)}
        />
        <span className="text-13 text-muted">px</span>
        <IconButton
          label={t(locked === null ? "ratioFree" : "ratioLocked")}
          isOn={locked !== null}
          aria-pressed={locked !== null}
          disabled={!canLock && locked === null}
          className="ml-auto"
          onClick={() => setLocked(locked === null ? ratio : null)}
        >
          {locked === null ? (
            <LockOpen size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <Lock size={16} strokeWidth={1.75} aria-hidden />
          )}
        </IconButton>
        <IconButton
          label={t("swap")}
          disabled={!value}
          onClick={() => {
            if (locked !== null) setLocked(1 / locked);
            setSide(height, width);
          }}
        >
          <ArrowLeftRight size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      {fault && <p className="text-12 text-bad">{fault}</p>}
    </fieldset>
  );
}

type SideProps = {
  label: string;
  value: string;
  fault?: string | undefined;
  onChange: (value: string) => void;
};

function Side({ label, value, fault, onChange }: SideProps) {
  const t = useTranslations("param");
  return (
    <Input
      aria-label={label}
      inputMode="numeric"
      value={value}
      placeholder={t("unset")}
      hasFault={fault !== undefined}
      onChange={(event) =>
        onChange(event.target.value.normalize("NFKC").replace(/\D/g, "").slice(0, 5))
      }
      className={cn(
        "h-7! w-20! text-right font-mono text-12! max-sm:h-11! max-sm:text-[16px]!",
        !value && "border-dashed",
      )}
    />
  );
}
