"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { toFields } from "@/lib/shared/field-faults";
import { type ImageParamKey, PROMPT_MAX_LENGTH } from "@/lib/shared/image-params";
import { findPrice } from "@/lib/shared/model-list";
import { findImageFaults, findModelFault, imageLimitsOf } from "@/lib/shared/models/families";
import { createImageBodySchema } from "@/lib/shared/schemas/image";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ErrorNotice } from "../common/error-notice";
import { ModelPicker } from "../common/model-picker";
import { useFaultTexts } from "../common/use-fault-texts";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";
import { Light } from "../ui/light";
import { useHydrated } from "../ui/use-hydrated";
import { FIELDS, ParamField } from "./param-field";
import type { ImageDraft, ImageOrder } from "./use-image-order";

type ImageFormProps = { list: ModelList; hasToken: boolean; order: ImageOrder };

/** What is wrong with an order, by field, before anything is sent; with what the server said. */
function useFaults({ draft, fault }: ImageOrder) {
  const { model, prompt, parameters } = draft;
  // An empty prompt is told in its own way, and only after a try.
  const body = { model, prompt: prompt.trim() || "-", ...parameters };
  const parsed = createImageBodySchema.safeParse(body);
  const modelFault = findModelFault(model);
  const ours = {
    ...findImageFaults(model, parameters),
    ...(!parsed.success && toFields(parsed.error)),
    ...(modelFault && { model: modelFault }),
  };
  const texts = useFaultTexts(ours);
  const all: Record<string, string> = { ...fault?.fields, ...texts };
  return { first: Object.values(texts)[0] ?? null, all };
}

/** Every parameter of a picture, one field a row of the parameter table; the verdict before the click. */
export function ImageForm({ list, hasToken, order }: ImageFormProps) {
  const t = useTranslations("image");
  const { draft, setDraft, isSending, fault, submit } = order;
  const { model, prompt } = draft;
  const tModel = useTranslations("model");
  const price = findPrice(list, model);
  const isReady = useHydrated();
  const [isTouched, setIsTouched] = useState(false);
  // Phones show prompt and button first; wider screens always show everything.
  const [isExpanded, setIsExpanded] = useState(false);
  const faults = useFaults(order);
  const isPromptMissing = prompt.trim() === "";
  const canSend = isReady && hasToken && !isSending && faults.first === null;

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsTouched(true);
    if (canSend && !isPromptMissing) void submit();
  };

  return (
    <form onSubmit={onSubmit} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Section>
          <ModelPicker
            list={list}
            kind="image"
            value={model}
            fault={faults.all.model}
            className="w-full"
            onChange={(id) => setDraft({ ...draft, model: id })}
          />
          {faults.all.model && <p className="text-12 text-bad">{faults.all.model}</p>}
          <ModelFacts model={model} />
        </Section>
        <Section>
          <PromptField
            value={prompt}
            fault={faults.all.prompt ?? (isTouched && isPromptMissing ? t("promptMissing") : null)}
            onChange={(next) => setDraft({ ...draft, prompt: next })}
            onSubmit={onSubmit}
          />
        </Section>
        <Button
          tone="quiet"
          aria-expanded={isExpanded}
          onClick={() => setIsExpanded(!isExpanded)}
          className="mx-2 my-1 md:hidden!"
        >
          {t(isExpanded ? "fewerParameters" : "allParameters")}
        </Button>
        <div className={isExpanded ? undefined : "max-md:hidden"}>
          <Section>
            <ParameterFields draft={draft} faults={faults.all} onChange={setDraft} />
          </Section>
        </div>
      </div>
      <footer className="grid gap-2 border-t border-rule px-4 py-3">
        {fault && <ErrorNotice code={fault.code} id={fault.id} cost={t("notCharged")} />}
        {!hasToken && <ErrorNotice code="token_missing" />}
        {!fault && hasToken && <Verdict fault={faults.first} isPromptMissing={isPromptMissing} />}
        <Button type="submit" tone="solid" size="main" disabled={!canSend}>
          {t("generate")}
          {price !== null && ` ${tModel("approx", { price })}`}
        </Button>
      </footer>
    </form>
  );
}

/** Bounds and usual time of the model's family. */
function ModelFacts({ model }: { model: string }) {
  const t = useTranslations("model");
  const { minSide, maxSide, usualSeconds } = imageLimitsOf(model);
  return (
    <p className="text-12 text-muted">
      {t("limits", { min: minSide, max: maxSide, seconds: usualSeconds })}
    </p>
  );
}

type PromptFieldProps = {
  value: string;
  fault: string | null;
  onChange: (prompt: string) => void;
  onSubmit: (event: FormEvent) => void;
};

function PromptField({ value, fault, onChange, onSubmit }: PromptFieldProps) {
  const t = useTranslations("image");
  const label = (
    <span className="flex">
      {t("prompt")}
      <span aria-hidden className="ml-auto font-mono">
        {value.length} / {PROMPT_MAX_LENGTH}
      </span>
    </span>
  );
  return (
    <Field id="image-prompt" label={label} fault={fault}>
      <Textarea
        id="image-prompt"
        aria-describedby="image-prompt-note"
        rows={4}
        value={value}
        maxLength={PROMPT_MAX_LENGTH}
        hasFault={fault !== null}
        placeholder={t("promptPlaceholder")}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSubmit(event);
        }}
      />
    </Field>
  );
}

type ParameterFieldsProps = {
  draft: ImageDraft;
  faults: Record<string, string>;
  onChange: (draft: ImageDraft) => void;
};

/** One field a row of the table; what the model ignores is hidden, named, and keeps its value. */
function ParameterFields({ draft, faults, onChange }: ParameterFieldsProps) {
  const t = useTranslations("image");
  const ignored: readonly string[] = imageLimitsOf(draft.model).without;
  const set = (key: ImageParamKey, value: string | number | undefined) => {
    const { [key]: _dropped, ...rest } = draft.parameters;
    const isSet = value !== undefined && value !== "";
    onChange({ ...draft, parameters: isSet ? { ...rest, [key]: value } : rest });
  };
  return (
    <>
      {FIELDS.filter(({ key }) => !ignored.includes(key)).map((param) => (
        <ParamField
          key={param.key}
          param={param}
          model={draft.model}
          value={draft.parameters[param.key]}
          fault={faults[param.key]}
          onChange={(value) => set(param.key, value)}
        />
      ))}
      {ignored.length > 0 && (
        <p className="text-12 text-muted">
          {t("ignored", { names: ignored.map((key) => t(key as ImageParamKey)).join(" · ") })}
        </p>
      )}
    </>
  );
}

function Verdict({ fault, isPromptMissing }: { fault: string | null; isPromptMissing: boolean }) {
  const t = useTranslations("image");
  const [state, text] = fault
    ? (["failed", fault] as const)
    : isPromptMissing
      ? (["untested", t("promptMissing")] as const)
      : (["done", t("ok")] as const);
  return (
    <p className="flex items-center gap-2 text-12 text-muted">
      <Light state={state} />
      {text}
    </p>
  );
}

function Section({ children }: { children: ReactNode }) {
  return (
    <section className="grid gap-3 border-b border-hair px-4 py-3 last:border-b-0">
      {children}
    </section>
  );
}
