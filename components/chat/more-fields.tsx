"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toParamLabel } from "@/lib/shared/param-label";
import { parseJson } from "@/lib/shared/parse-json";
import { type ChatSettings, toolsSchema } from "@/lib/shared/schemas/chat";
import { Field } from "../ui/field";
import { Textarea } from "../ui/input";
import { WholeNumberInput } from "../ui/whole-number-input";

type MoreFieldsProps = {
  settings: ChatSettings;
  unsent: readonly (keyof ChatSettings)[];
  faults: Record<string, string>;
  onChange: (change: Pick<ChatSettings, "seed" | "stop" | "tools">) => void;
};

/** Seed, stop sequences and functions: what has no usual value to be set against. */
export function MoreFields({ settings, unsent, faults, onChange }: MoreFieldsProps) {
  const t = useTranslations("param");
  const { seed, stop } = settings;
  return (
    <section className="grid gap-3 border-b border-hair px-4 py-3">
      <Field
        id="param-seed"
        label={toParamLabel(t("seed"), "seed")}
        hint={unsent.includes("seed") ? t("notSentHere") : undefined}
        fault={faults.seed}
      >
        <WholeNumberInput
          id="param-seed"
          value={seed}
          placeholder={t("unset")}
          hasFault={faults.seed !== undefined}
          onChange={(next) => onChange({ seed: next })}
        />
      </Field>
      <Field
        id="param-stop"
        label={toParamLabel(t("stop"), "stop")}
        hint={t("stopHint")}
        fault={Object.entries(faults).find(([path]) => path.startsWith("stop"))?.[1]}
      >
        <Textarea
          id="param-stop"
          rows={2}
          value={stop?.join("\n") ?? ""}
          placeholder={t("unset")}
          onChange={(event) => {
            const lines = event.target.value === "" ? undefined : event.target.value.split("\n");
            onChange({ stop: lines });
          }}
        />
      </Field>
      <ToolsField tools={settings.tools} onChange={(tools) => onChange({ tools })} />
    </section>
  );
}

type Tools = ChatSettings["tools"];

const toText = (tools: Tools) => (tools ? JSON.stringify(tools, null, 2) : "");

/** The functions of a text; null where it is none. OpenAI's own wrapping is taken off. */
function parseTools(text: string): NonNullable<Tools> | null {
  const value = parseJson(text);
  const list = Array.isArray(value) ? value : [value];
  const bare = list.map((item) => (item?.type === "function" ? item.function : item));
  return toolsSchema.safeParse(bare).data ?? null;
}

/** Functions that the model may ask for, as JSON; what is not valid is not used, and says so. */
function ToolsField({ tools, onChange }: { tools: Tools; onChange: (tools: Tools) => void }) {
  const t = useTranslations("param");
  const [text, setText] = useState(() => toText(tools));
  const [known, setKnown] = useState(tools);
  if (tools !== known) {
    setKnown(tools);
    setText(toText(tools));
  }
  const isValid = text.trim() === "" || parseTools(text) !== null;
  return (
    <Field
      id="param-tools"
      label={toParamLabel(t("tools"), "tools")}
      hint={t("toolsHint")}
      fault={isValid ? undefined : t("toolsFault")}
    >
      <Textarea
        id="param-tools"
        rows={text === "" ? 2 : 8}
        value={text}
        placeholder={'[{"name": "get_weather", "parameters": {…}}]'}
        spellCheck={false}
        hasFault={!isValid}
        className="mono"
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          const parsed = next.trim() === "" ? undefined : (parseTools(next) ?? undefined);
          setKnown(parsed);
          onChange(parsed);
        }}
      />
    </Field>
  );
}
