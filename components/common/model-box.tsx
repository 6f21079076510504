"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
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

/**
 * Picks a listed model or takes any id that is typed in. The box empties while it is in use, since
 * browsers show only the entries that match its text; left empty, the model stays as it was.
 */
export function ModelBox({ models, value, fault, className, onChange }: ModelBoxProps) {
  const t = useTranslations("model");
  const listId = useId();
  const isReady = useHydrated();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <>
      <input
        aria-label={t("label")}
        aria-invalid={fault ? true : undefined}
        title={value}
        list={listId}
        value={draft ?? value}
        placeholder={value}
        readOnly={!isReady}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setDraft("")}
        onBlur={() => setDraft(null)}
        onChange={(event) => {
          const id = event.target.value.trim();
          setDraft(id);
          if (id) onChange(id);
        }}
        className={cn(
          "mono h-8 min-w-0 truncate rounded-4 border bg-surface px-2.5 text-ink max-sm:h-11 max-sm:text-[16px]",
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
