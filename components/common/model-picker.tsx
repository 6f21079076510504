"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { cn } from "@/lib/shared/cn";
import type { ModelKind } from "@/lib/shared/models/family";
import type { ModelList } from "@/lib/shared/schemas/model";
import { Popover } from "../ui/popover";
import { useHydrated } from "../ui/use-hydrated";
import { ModelPanel } from "./model-panel";

type ModelPickerProps = {
  list: ModelList;
  kind: ModelKind;
  value: string;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  fault?: string | undefined;
  className?: string;
  onChange: (id: string) => void;
};

/** The chosen model as a button; opens the catalogue. */
export function ModelPicker({
  list,
  kind,
  value,
  placeholder = "",
  fault,
  className,
  onChange,
}: ModelPickerProps) {
  const t = useTranslations("model");
  const isReady = useHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={`${t("label")} ${value || placeholder}`}
        aria-invalid={fault ? true : undefined}
        disabled={!isReady}
        title={value}
        onClick={() => setIsOpen(true)}
        className={cn(
          "flex h-8 min-w-0 items-center gap-2 rounded-4 border bg-surface px-2.5 text-13 text-ink hover:bg-hover max-sm:h-11",
          fault ? "border-bad" : "border-control",
          className,
        )}
      >
        <span className="mono min-w-0 flex-1 truncate text-left">{value || placeholder}</span>
        <ChevronDown size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
      </button>
      {isOpen && (
        <Popover label={t("title")} anchor={button.current} onClose={() => setIsOpen(false)}>
          {(close) => (
            <ModelPanel
              list={list}
              kind={kind}
              value={value}
              onClose={close}
              onPick={({ id }) => {
                onChange(id);
                close();
              }}
            />
          )}
        </Popover>
      )}
    </>
  );
}
