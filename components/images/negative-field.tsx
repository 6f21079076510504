"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";

const LISTS = ["people", "quality", "text"] as const;

type NegativeFieldProps = {
  value: string;
  maxLength: number;
  fault: string | undefined;
  onChange: (text: string) => void;
};

/** What should not be in the picture; ready-made lists are added to what stands there, and taken away again. */
export function NegativeField({ value, maxLength, fault, onChange }: NegativeFieldProps) {
  const t = useTranslations("image");
  const tParam = useTranslations("param");
  const separator = t("negative.separator");
  const toggle = (list: string) => {
    if (!value.includes(list)) return onChange(value ? `${value}${separator}${list}` : list);
    const rest = value.split(list).map((part) => part.replace(/^[\s,，]+|[\s,，]+$/g, ""));
    return onChange(rest.filter(Boolean).join(separator));
  };
  return (
    <div className="grid gap-2">
      <Field id="image-negativePrompt" label={t("negativePrompt")} fault={fault}>
        <Textarea
          id="image-negativePrompt"
          aria-describedby="image-negativePrompt-note"
          rows={2}
          maxLength={maxLength}
          value={value}
          placeholder={tParam("unset")}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="sr-only">{t("negativeLists")}</legend>
        {LISTS.map((name) => {
          const list = t(`negative.${name}`);
          return (
            <Button
              key={name}
              size="compact"
              aria-pressed={value.includes(list)}
              title={list}
              onClick={() => toggle(list)}
              className="aria-pressed:bg-hover aria-pressed:font-medium"
            >
              {t(`negativeName.${name}`)}
            </Button>
          );
        })}
      </fieldset>
    </div>
  );
}
