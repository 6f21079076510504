"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { cn } from "@/lib/shared/cn";
import type { ModelList } from "@/lib/shared/schemas/model";
import { useHydrated } from "../ui/use-hydrated";

type ModelBoxProps = {
  models: ModelList["models"];
  value: string;
  fault?: string | undefined;
  className?: string;
  onChange: (id: string) => void;
};

/** Picks a listed model or takes any id that is typed in. */
export function ModelBox({ models, value, fault, className, onChange }: ModelBoxProps) {
  const t = useTranslations("model");
  const listId = useId();
  const isReady = useHydrated();
  return (
    <>
      <input
        aria-label={t("label")}
        aria-invalid={fault ? true : undefined}
        list={listId}
        value={value}
        readOnly={!isReady}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value.trim())}
        onFocus={(event) => event.target.select()}
        className={cn(
          "mono h-8 min-w-0 rounded-4 border bg-surface px-2.5 text-ink max-sm:h-11 max-sm:text-[16px]",
          fault ? "border-bad" : "border-control",
          className,
        )}
      />
      <datalist id={listId}>
        {models.map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </>
  );
}
