"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { useCredits } from "./use-credits";

/** The gauge is full at a day's usual grant: 200 for signing in to ModelScope and 50 for a bound account. */
const FULL_GAUGE = 250;

/** Magicubes left, from ModelScope's own endpoint; a failed reading is a dash, never 0. */
export function CreditChip() {
  const t = useTranslations("credit");
  const format = useFormatter();
  const credits = useCredits();
  const available = credits?.available ?? null;
  const hasNoToken = credits?.state === "no_token";
  const title =
    credits?.readAt && available !== null
      ? t("source", { time: format.dateTime(new Date(credits.readAt), { timeStyle: "medium" }) })
      : credits?.state === "unreadable"
        ? t("unreadable")
        : undefined;
  return (
    <Link
      href={hasNoToken ? "/settings" : "/usage"}
      title={title}
      data-testid="credit-chip"
      className={cn(
        "inline-flex h-8 shrink-0 items-center gap-2 whitespace-nowrap rounded-4 border border-hair bg-surface px-2.5 text-13 font-medium",
        available === 0 ? "text-bad" : available === null ? "text-muted" : "text-ink",
      )}
    >
      <span
        aria-hidden="true"
        className="relative h-2 w-11 overflow-hidden rounded-2 border border-rule bg-well"
      >
        {available !== null && (
          <span
            className="absolute inset-y-0 left-0 bg-signal"
            style={{ width: `${Math.min(100, (available / FULL_GAUGE) * 100)}%` }}
          />
        )}
      </span>
      {hasNoToken ? (
        t("noToken")
      ) : (
        <>
          <span className="mono">{available === null ? "—" : format.number(available)}</span>
          <span className="max-sm:sr-only">{t("unit")}</span>
        </>
      )}
    </Link>
  );
}
