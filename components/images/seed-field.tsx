"use client";

import { Dices } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { toParamLabel } from "@/lib/shared/param-label";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { WholeNumberInput } from "../ui/whole-number-input";

type SeedFieldProps = {
  value: number | undefined;
  max: number;
  fault?: string | undefined;
  onChange: (seed: number | undefined) => void;
};

/** The seed; empty = random, 0 is a seed like any other. */
export function SeedField({ value, max, fault, onChange }: SeedFieldProps) {
  const t = useTranslations("image");
  return (
    <Field id="image-seed" label={toParamLabel(t("seed"), "seed")} fault={fault}>
      <div className="flex items-center gap-2">
        <WholeNumberInput
          id="image-seed"
          aria-describedby="image-seed-note"
          placeholder={t("random")}
          value={value}
          hasFault={fault !== undefined}
          onChange={onChange}
          className={cn(
            "h-7! text-right font-mono text-12! max-sm:h-11! max-sm:text-[16px]!",
            value === undefined && "border-dashed",
          )}
        />
        <IconButton
          label={t("dice")}
          onClick={() => onChange(Math.floor(Math.random() * (max + 1)))}
        >
          <Dices size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
    </Field>
  );
}
