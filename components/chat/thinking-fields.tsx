"use client";

import { useTranslations } from "next-intl";
import { findFamily } from "@/lib/shared/models/families";
import { canBudget } from "@/lib/shared/models/thinking";
import { toParamLabel } from "@/lib/shared/param-label";
import { type ChatSettings, MAX_TOKENS } from "@/lib/shared/schemas/chat";
import { Needle } from "../ui/needle";
import { Segmented } from "../ui/segmented";

const BUDGET = { min: 1, max: MAX_TOKENS, step: 1, usual: 4_096, isLogarithmic: true };

type ThinkingFieldsProps = {
  model: string;
  settings: ChatSettings;
  /** Settings that are set and not sent. */
  unsent: readonly (keyof ChatSettings)[];
  fault: string | undefined;
  onChange: (change: Pick<ChatSettings, "thinking" | "thinkingBudget">) => void;
};

const toChoice = (thinking: boolean | undefined) =>
  thinking === undefined ? "unset" : thinking ? "on" : "off";

/** Reasoning on, off or as the model pleases; what is not sent says so, and why. */
export function ThinkingFields({ model, settings, unsent, fault, onChange }: ThinkingFieldsProps) {
  const t = useTranslations("param");
  const dialect = findFamily(model)?.thinking ?? null;
  const { thinking, thinkingBudget, protocol } = settings;
  const isElsewhere = protocol === "anthropic";
  const whyNoBudget = canBudget(dialect) ? t("budgetOff") : t("noBudget");
  return (
    <section className="grid gap-3 border-b border-hair px-4 py-3">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex flex-1 items-center gap-1.5 text-12 font-medium text-muted">
          {t("thinking")}
          {thinking !== undefined && <span className="size-[5px] rounded-full bg-signal" />}
        </span>
        <Segmented
          label={t("thinking")}
          name="thinking"
          value={toChoice(thinking)}
          options={[
            { value: "unset", label: t("unset") },
            { value: "on", label: t("on") },
            { value: "off", label: t("off") },
          ]}
          onChange={(choice) =>
            onChange({ thinking: choice === "unset" ? undefined : choice === "on" })
          }
        />
        {dialect === "twin" && <p className="w-full text-12 text-muted">{t("twinHint")}</p>}
        {unsent.includes("thinking") && (
          <p className="w-full text-12 text-warn">
            {isElsewhere ? t("notSentHere") : t("noThinking")}
          </p>
        )}
      </div>
      {(canBudget(dialect) || thinkingBudget !== undefined) && (
        <>
          <Needle
            id="param-thinkingBudget"
            label={toParamLabel(t("thinkingBudget"), "thinking_budget")}
            value={thinkingBudget}
            range={BUDGET}
            texts={{ unset: t("unset"), reset: t("resetOne") }}
            fault={fault}
            onChange={(value) => onChange({ thinkingBudget: value })}
          />
          {unsent.includes("thinkingBudget") && (
            <p className="text-12 text-warn">{isElsewhere ? t("notSentHere") : whyNoBudget}</p>
          )}
        </>
      )}
    </section>
  );
}
