"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { cn } from "@/lib/shared/cn";
import { PROMPT_MAX_LENGTH } from "@/lib/shared/image-params";
import { PROMPT_HELPS } from "@/lib/shared/schemas/prompt-help";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";
import { useToast } from "../ui/toast";
import { usePromptHelp } from "./use-prompt-help";

type PromptFieldProps = {
  value: string;
  label: string;
  placeholder: string;
  fault: string | null;
  /** On phones: the box alone. */
  isFolded: boolean;
  /** Magicubes that help costs; null where it is not known. */
  helpPrice: number | null;
  onChange: (prompt: string) => void;
  onSubmit: (event: FormEvent) => void;
};

/** The prompt, with help that is shown before it is used. */
export function PromptField({ value, fault, isFolded, helpPrice, ...props }: PromptFieldProps) {
  const t = useTranslations("image");
  const tModel = useTranslations("model");
  const tCommon = useTranslations("common");
  const toast = useToast();
  const help = usePromptHelp();
  const isTooLong = value.length > PROMPT_MAX_LENGTH;
  const cost = helpPrice === null ? "" : ` ${tModel("approx", { price: helpPrice })}`;
  const label = (
    <span className={cn("flex", isFolded && "max-md:sr-only")}>
      {props.label}
      <span aria-hidden className={cn("ml-auto font-mono", isTooLong && "text-bad")}>
        {value.length} / {PROMPT_MAX_LENGTH}
      </span>
    </span>
  );
  return (
    <div className="grid gap-2">
      <Field id="image-prompt" label={label} fault={fault}>
        <Textarea
          id="image-prompt"
          aria-describedby="image-prompt-note"
          rows={4}
          value={value}
          hasFault={fault !== null}
          className={isFolded ? "max-md:h-16" : undefined}
          placeholder={props.placeholder}
          onChange={(event) => props.onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) props.onSubmit(event);
          }}
        />
      </Field>
      <div className={cn("flex flex-wrap gap-2", isFolded && "max-md:hidden")}>
        {PROMPT_HELPS.map((kind) => (
          <Button
            key={kind}
            size="compact"
            disabled={value.trim() === "" || isTooLong || help.isBusy}
            title={t(`help.${kind}Hint`)}
            onClick={() => void help.ask(kind, value)}
          >
            {t(`help.${kind}`)}
            {cost}
          </Button>
        ))}
      </div>
      {help.isBusy && (
        <p role="status" className="text-12 text-muted">
          {t("help.busy")}
        </p>
      )}
      {help.fault && <ErrorNotice code={help.fault.code} id={help.fault.id} />}
      {help.found && (
        <div className="grid gap-2 rounded-6 border border-hair bg-surface p-3">
          <p className="text-12 text-muted">{t("help.from", { model: help.found.model })}</p>
          <p className="max-h-60 overflow-y-auto text-13 whitespace-pre-wrap text-ink">
            {help.found.prompt}
          </p>
          <div className="flex gap-2">
            <Button
              size="compact"
              tone="solid"
              onClick={() => {
                props.onChange(help.found?.prompt ?? value);
                help.forget();
                const run = () => props.onChange(value);
                toast({ text: t("help.used"), action: { label: tCommon("undo"), run } });
              }}
            >
              {t("help.use")}
            </Button>
            <Button size="compact" tone="quiet" onClick={help.forget}>
              {t("help.drop")}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
