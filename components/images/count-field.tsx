"use client";

import { Lock, LockOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "../ui/icon-button";
import { Segmented } from "../ui/segmented";

const COUNTS = ["1", "2", "4", "8"] as const;

type CountFieldProps = {
  count: number;
  lockSeed: boolean;
  hasSeed: boolean;
  onChange: (part: { count?: number; lockSeed?: boolean }) => void;
};

/** How many pictures one click makes, and whether they share a seed that is set. */
export function CountField({ count, lockSeed, hasSeed, onChange }: CountFieldProps) {
  const t = useTranslations("image");
  return (
    <div id="image-count" className="flex items-center gap-2">
      <span className="text-12 font-medium text-muted">{t("count")}</span>
      <span className="flex-1">
        <Segmented
          isWide
          label={t("count")}
          name="image-count"
          value={COUNTS.find((one) => Number(one) === count) ?? "1"}
          options={COUNTS.map((value) => ({ value, label: value }))}
          onChange={(value) => onChange({ count: Number(value) })}
        />
      </span>
      <IconButton
        label={t(lockSeed ? "seedLocked" : "seedCounts")}
        isOn={lockSeed}
        aria-pressed={lockSeed}
        disabled={!hasSeed || count === 1}
        onClick={() => onChange({ lockSeed: !lockSeed })}
      >
        {lockSeed ? (
          <Lock size={16} strokeWidth={1.75} aria-hidden />
        ) : (
          <LockOpen size={16} strokeWidth={1.75} aria-hidden />
        )}
      </IconButton>
    </div>
  );
}
