"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import {
  IMAGE_PARAMS,
  type ImageParameters,
  type ImageParamKey,
  PROMPT_MAX_LENGTH,
} from "@/lib/shared/image-params";
import { findImageFaults, imageLimitsOf } from "@/lib/shared/models/families";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ErrorNotice } from "../common/error-notice";
import { ModelBox } from "../common/model-box";
import { useHydrated } from "../common/use-hydrated";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";
import { Light } from "../ui/light";
import { ParamField } from "./param-field";
import type { ImageOrder } from "./use-image-order";

type ImageFormProps = { models: ModelList["models"]; hasToken: boolean; order: ImageOrder };

/** Every parameter of a picture, one field a row of the parameter table; the verdict before the click. */
export function ImageForm({ models, hasToken, order }: ImageFormProps) {
  const t = useTranslations("image");
  const tValidation = useTranslations("validation");
  const { draft, setDraft, isSending, fault, submit } = order;
  const { model, prompt, parameters } = draft;
  const isReady = useHydrated();
  const [isTouched, setIsTouched] = useState(false);
  const ignored = imageLimitsOf(model).without;
  const ours = findImageFaults(model, parameters);
  const texts = Object.fromEntries(
    Object.entries(ours).map(([key, { key: text, values }]) => [
      key,
      tValidation(text as "sizeRange", values as never),
    ]),
  );
  const faults: Record<string, string> = { ...fault?.fields, ...texts };
  const isPromptMissing = prompt.trim() === "";
  const firstFault = Object.values(texts)[0] ?? (isPromptMissing ? t("promptMissing") : null);

  const set = (key: ImageParamKey, value: string | number | undefined) => {
    const { [key]: _dropped, ...rest } = parameters;
    const next: ImageParameters =
      value === undefined || value === "" ? rest : { ...rest, [key]: value };
    setDraft({ ...draft, parameters: next });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsTouched(true);
    if (!firstFault && hasToken && !isSending) void submit();
  };

  return (
    <form onSubmit={onSubmit} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Section>
          <ModelBox
            models={models}
            value={model}
            fault={faults.model}
            className="w-full"
            onChange={(id) => setDraft({ ...draft, model: id })}
          />
          {faults.model && <p className="text-12 text-bad">{faults.model}</p>}
        </Section>
        <Section>
          <Field
            id="image-prompt"
            label={
              <span className="flex">
                {t("prompt")}
                <span className="ml-auto font-mono">
                  {prompt.length} / {PROMPT_MAX_LENGTH}
                </span>
              </span>
            }
            fault={faults.prompt ?? (isTouched && isPromptMissing ? t("promptMissing") : null)}
          >
            <Textarea
              id="image-prompt"
              aria-describedby="image-prompt-note"
              rows={4}
              value={prompt}
              maxLength={PROMPT_MAX_LENGTH}
              hasFault={isTouched && isPromptMissing}
              placeholder={t("promptPlaceholder")}
              onChange={(event) => setDraft({ ...draft, prompt: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSubmit(event);
              }}
            />
          </Field>
        </Section>
        <Section>
          {IMAGE_PARAMS.filter(({ key }) => !(ignored as readonly string[]).includes(key)).map(
            (param) => (
              <ParamField
                key={param.key}
                param={param}
                model={model}
                value={parameters[param.key]}
                fault={faults[param.key]}
                onChange={(value) => set(param.key, value)}
              />
            ),
          )}
          {ignored.length > 0 && (
            <p className="text-12 text-muted">
              {t("ignored", { names: ignored.map((key) => t(key)).join(" · ") })}
            </p>
          )}
        </Section>
      </div>
      <footer className="grid gap-2 border-t border-rule px-4 py-3">
        {fault ? (
          <ErrorNotice code={fault.code} id={fault.id} cost={t("notCharged")} />
        ) : hasToken ? (
          <p className="flex items-center gap-2 text-12 text-muted">
            <Light state={firstFault ? (isPromptMissing ? "untested" : "failed") : "done"} />
            {firstFault ?? t("ok")}
          </p>
        ) : (
          <ErrorNotice code="token_missing" />
        )}
        <Button
          type="submit"
          tone="solid"
          size="main"
          disabled={!isReady || !hasToken || isSending || Object.keys(texts).length > 0}
        >
          {t("generate")}
        </Button>
      </footer>
    </form>
  );
}

function Section({ children }: { children: React.ReactNode }) {
  return (
    <section className="grid gap-3 border-b border-hair px-4 py-3 last:border-b-0">
      {children}
    </section>
  );
}
