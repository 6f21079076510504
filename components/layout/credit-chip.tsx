"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { Credits } from "@/lib/shared/schemas/credits";
import { type BalanceFault, findBalanceFault } from "../common/credit-facts";
import { useNow } from "../common/use-now";
import { ChipMenu } from "../ui/chip-menu";
import { CreditPanel } from "./credit-panel";
import { useCredits } from "./use-credits";

/** The gauge is full at a day's usual grant: 200 for signing in to ModelScope and 50 for a bound account. */
const FULL_GAUGE = 250;
const STALE_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

const CLASSES =
  "inline-flex h-8 shrink-0 items-center gap-2 whitespace-nowrap rounded-4 border border-hair bg-surface px-2.5 text-13 font-medium max-sm:h-11";

/** Magicubes left, from ModelScope's own endpoint; a failed reading is a dash and a reason, never 0. */
export function CreditChip() {
  const t = useTranslations("credit");
  const credits = useCredits();
  const shown = useShown(credits);
  if (credits?.state === "no_token") {
    return (
      <Link href="/settings" data-testid="credit-chip" className={cn(CLASSES, "text-muted")}>
        {t("noToken")}
      </Link>
    );
  }
  return (
    <ChipMenu
      data-testid="credit-chip"
      aria-label={t("open", { text: [shown.amount, ...shown.notes].join(" · ") })}
      className={cn(CLASSES, shown.isOld && "border-dashed border-control", shown.tone)}
      panelClassName="w-[340px] p-4"
      chip={
        <>
          <Gauge available={shown.available} />
          <span className="mono">{shown.amount}</span>
          {shown.available !== null && <span className="max-sm:hidden">{t("unit")}</span>}
          {shown.notes.map((note) => (
            <span key={note} className="text-12 font-normal text-muted max-sm:hidden">
              {note}
            </span>
          ))}
        </>
      }
    >
      {credits && <CreditPanel credits={credits} />}
    </ChipMenu>
  );
}

type Shown = {
  amount: string;
  available: number | null;
  notes: string[];
  isOld: boolean;
  tone: string;
};

/** How many minutes ago it was read, ticking; null where it is fresh enough not to say. */
function useAge(readAt: string | null): number | null {
  const now = useNow(readAt !== null, MINUTE_MS);
  if (readAt === null) return null;
  const ageMs = now - Date.parse(readAt);
  return ageMs > STALE_MS ? Math.floor(ageMs / MINUTE_MS) : null;
}

function toneOf(available: number | null, fault: BalanceFault | null): string {
  if (available === null) return "text-muted";
  return available === 0 && fault === null ? "text-bad" : "text-ink";
}

/** What is said beside the number: held, why it is none, how old it is, calls left in the daily era. */
function useNotes(credits: Credits | null, held: number, age: number | null): string[] {
  const t = useTranslations("credit");
  const format = useFormatter();
  const fault = findBalanceFault(credits);
  const total = credits?.limits.find(({ model }) => model === null);
  const number = (value: number | null) => (value === null ? "—" : format.number(value));
  return [
    held > 0 && t("heldShort", { credits: format.number(held) }),
    fault && t(`short.${fault}`),
    age !== null && t("age", { minutes: age }),
    total?.remaining != null &&
      t("callsLeft", { remaining: number(total.remaining), limit: number(total.limit) }),
  ].filter((note) => typeof note === "string");
}

/** What the chip says: 250 · 250 with 2 held · the last number with its age, or a dash, and why. */
function useShown(credits: Credits | null): Shown {
  const format = useFormatter();
  const fault = findBalanceFault(credits);
  const reading = credits?.last ?? credits;
  const available = reading?.available ?? null;
  const age = useAge(reading?.readAt ?? null);
  return {
    amount: available === null ? "—" : format.number(available),
    available,
    notes: useNotes(credits, reading?.held ?? 0, age),
    isOld: age !== null || fault !== null,
    tone: toneOf(available, fault),
  };
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
