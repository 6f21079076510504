"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type DayLimits, MEASURES } from "@/lib/shared/schemas/limits";
import { Button } from "../ui/button";
import { useLimits } from "./use-limits";

type LimitRowProps = {
  scope: string;
  name: string;
  hint?: string;
  limits: DayLimits;
  /** What of today is used; null for a rule of many. */
  today: Record<(typeof MEASURES)[number], number> | null;
  /** Whether the limits may be taken away, so that those of every member hold again. */
  isOwn?: boolean;
};

const toText = (limit: number | null) => (limit === null ? "" : String(limit));

/** The limits of one scope, to be changed in place; an empty box is no limit. */
export function LimitRow({ scope, name, hint, limits, today, isOwn = false }: LimitRowProps) {
  const t = useTranslations("admin");
  const tCaps = useTranslations("caps");
  // What is typed and not saved; everything else is what holds.
  const [typed, setTyped] = useState<Partial<Record<(typeof MEASURES)[number], string>>>({});
  const textOf = (measure: (typeof MEASURES)[number]) => typed[measure] ?? toText(limits[measure]);
  const { fault, invalid, isSaving, save, remove } = useLimits(scope);
  const changed = MEASURES.filter((measure) => textOf(measure).trim() !== toText(limits[measure]));
  const submit = async () => {
    const texts = changed.map((measure) => [measure, textOf(measure)]);
    if (await save(Object.fromEntries(texts))) setTyped({});
  };
  const takeAway = async () => {
    if (await remove()) setTyped({});
  };
  return (
    <tr className="border-b border-hair last:border-b-0 max-sm:grid max-sm:gap-2 max-sm:p-4 sm:[&>td]:py-2 sm:[&>td]:pr-4">
      <td className="sm:pl-5">
        <span className="text-ink">{name}</span>
        {hint && <span className="block text-12 text-muted">{hint}</span>}
        {fault && (
          <span role="alert" className="block text-12 text-bad">
            {fault}
          </span>
        )}
      </td>
      {MEASURES.map((measure) => (
        <td
          key={measure}
          className="whitespace-nowrap max-sm:flex max-sm:items-center max-sm:justify-end max-sm:gap-1"
        >
          <span aria-hidden="true" className="flex-1 sm:hidden">
            {tCaps(`measure.${measure}`)}
          </span>
          {today && <span className="font-mono text-12 text-muted">{today[measure]} / </span>}
          <input
            inputMode="decimal"
            aria-invalid={invalid.includes(measure)}
            aria-label={t("limitOf", { measure: tCaps(`measure.${measure}`), name })}
            placeholder={tCaps("noBudget")}
            value={textOf(measure)}
            onChange={(event) => setTyped({ ...typed, [measure]: event.target.value })}
            onKeyDown={({ key }) => {
              if (key === "Enter" && changed.length > 0 && !isSaving) void submit();
            }}
            className="h-8 w-20 rounded-4 border border-control bg-surface px-2 text-right font-mono text-12 text-ink aria-invalid:border-bad max-sm:h-11 max-sm:text-[16px]"
          />
        </td>
      ))}
      <td className="text-right whitespace-nowrap">
        {isOwn && (
          <Button tone="quiet" size="compact" disabled={isSaving} onClick={() => void takeAway()}>
            {t("asEveryone")}
          </Button>
        )}
        <Button
          size="compact"
          disabled={changed.length === 0 || isSaving}
          onClick={() => void submit()}
        >
          {tCaps("save")}
        </Button>
      </td>
    </tr>
  );
}
