"use client";

import { Bookmark, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toParamLabel } from "@/lib/shared/param-label";
import { type ChatSettings, MAX_TOKENS } from "@/lib/shared/schemas/chat";
import type { Preset } from "@/lib/shared/schemas/preset";
import { findUnsent } from "@/lib/shared/wire/unsent";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Textarea } from "../ui/input";
import { Needle } from "../ui/needle";
import { MoreFields } from "./more-fields";
import { PresetDialog } from "./preset-dialog";
import { ThinkingFields } from "./thinking-fields";
import { WireFields } from "./wire-fields";

const NUMBERS = [
  { key: "temperature", name: "temperature", range: { min: 0, max: 2, step: 0.1, usual: 0.7 } },
  { key: "topP", name: "top_p", range: { min: 0, max: 1, step: 0.05, usual: 0.8 } },
  {
    key: "maxTokens",
    name: "max_tokens",
    range: { min: 1, max: MAX_TOKENS, step: 1, usual: 8_192, isLogarithmic: true },
  },
  {
    key: "frequencyPenalty",
    name: "frequency_penalty",
    range: { min: -2, max: 2, step: 0.1, usual: 0 },
  },
  {
    key: "presencePenalty",
    name: "presence_penalty",
    range: { min: -2, max: 2, step: 0.1, usual: 0 },
  },
] as const;

type ParametersProps = {
  model: string;
  settings: ChatSettings;
  faults: Record<string, string>;
  /** False inside a dialog, which has the title already. */
  isTitled: boolean;
  onChange: (settings: ChatSettings) => void;
  onPreset: (preset: Preset) => void;
};

/** Sampling parameters of the conversation. What is unset is not sent. */
export function Parameters(props: ParametersProps) {
  const { model, settings, faults, isTitled, onChange, onPreset } = props;
  const t = useTranslations("param");
  const tPreset = useTranslations("preset");
  const [isPresetOn, setIsPresetOn] = useState(false);
  /** What becomes unset leaves the settings: it is not sent and not stored. */
  const change = (values: Partial<ChatSettings>) => {
    const entries = Object.entries({ ...settings, ...values });
    onChange(
      Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== "")),
    );
  };
  const unsent = findUnsent(model, settings);
  const changed = Object.keys(settings).length;
  const buttons = (
    <>
      <IconButton label={tPreset("title")} onClick={() => setIsPresetOn(true)}>
        <Bookmark size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label={t("resetAll")} disabled={changed === 0} onClick={() => onChange({})}>
        <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </>
  );
  const texts = { unset: t("unset"), reset: t("resetOne") };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {isTitled && (
        <header className="flex h-11 shrink-0 items-center gap-2 border-b border-hair pr-2 pl-4">
          <h2 className="flex-1 text-13">{t("title")}</h2>
          {buttons}
        </header>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <section className="border-b border-hair px-4 py-3">
          <Field id="system-prompt" label={t("systemPrompt")} fault={faults.systemPrompt}>
            <Textarea
              id="system-prompt"
              aria-describedby="system-prompt-note"
              hasFault={faults.systemPrompt !== undefined}
              rows={4}
              value={settings.systemPrompt ?? ""}
              placeholder={t("unset")}
              onChange={(event) => change({ systemPrompt: event.target.value })}
            />
          </Field>
        </section>
        <ThinkingFields
          model={model}
          settings={settings}
          unsent={unsent}
          fault={faults.thinkingBudget}
          onChange={change}
        />
        <section className="grid gap-3 border-b border-hair px-4 py-3">
          {NUMBERS.map(({ key, name, range }) => (
            <div key={key}>
              <Needle
                id={`param-${key}`}
                label={toParamLabel(t(key), name)}
                value={settings[key]}
                range={range}
                texts={texts}
                fault={faults[key]}
                onChange={(value) => change({ [key]: value })}
              />
              {unsent.includes(key) && <p className="text-12 text-warn">{t("notSentHere")}</p>}
            </div>
          ))}
        </section>
        <MoreFields settings={settings} unsent={unsent} faults={faults} onChange={change} />
        <WireFields settings={settings} unsent={unsent} onChange={change} />
      </div>
      {isPresetOn && (
        <PresetDialog
          model={model}
          settings={settings}
          onPick={onPreset}
          onClose={() => setIsPresetOn(false)}
        />
      )}
      <div className="flex items-center gap-2 border-t border-hair px-4 py-2 text-12 text-muted">
        <p className="flex-1">
          {t("changed", { count: changed })}
          {unsent.length > 0 && ` · ${t("unsent", { count: unsent.length })}`}
        </p>
        {!isTitled && buttons}
      </div>
    </div>
  );
}
