"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { Credits } from "@/lib/shared/schemas/credits";
import { useCredits } from "./use-credits";

/** The gauge is full at a day's usual grant: 200 for signing in to ModelScope and 50 for a bound account. */
const FULL_GAUGE = 250;

const toneOf = (available: number | null) => {
  if (available === null) return "text-muted";
  return available === 0 ? "text-bad" : "text-ink";
};

/** Magicubes left, from ModelScope's own endpoint; a failed reading is a dash, never 0. */
export function CreditChip() {
  const t = useTranslations("credit");
  const credits = useCredits();
  const available = credits?.available ?? null;
  const hasNoToken = credits?.state === "no_token";
  return (
    <Link
      href={hasNoToken ? "/settings" : "/usage"}
      title={useChipTitle(credits)}
      data-testid="credit-chip"
      className={cn(
        "inline-flex h-8 shrink-0 items-center gap-2 whitespace-nowrap rounded-4 border border-hair bg-surface px-2.5 text-13 font-medium max-sm:h-11",
        toneOf(available),
      )}
    >
      <Gauge available={available} />
      {hasNoToken ? t("noToken") : <Amount available={available} />}
    </Link>
  );
}

function useChipTitle(credits: Credits | null): string | undefined {
  const t = useTranslations("credit");
  const format = useFormatter();
  if (credits?.state === "unreadable") return t("unreadable");
  if (!credits?.readAt) return undefined;
  return t("source", { time: format.dateTime(new Date(credits.readAt), { timeStyle: "medium" }) });
}

function Gauge({ available }: { available: number | null }) {
  const share = Math.min(1, (available ?? 0) / FULL_GAUGE);
  return (
    <span
      aria-hidden="true"
      className="relative h-2 w-11 overflow-hidden rounded-2 border border-rule bg-well max-sm:hidden"
    >
      <span className="absolute inset-y-0 left-0 bg-signal" style={{ width: `${share * 100}%` }} />
    </span>
  );
}

function Amount({ available }: { available: number | null }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  return (
    <>
      <span className="mono">{available === null ? "—" : format.number(available)}</span>
      <span className="max-sm:sr-only">{t("unit")}</span>
    </>
  );
}
