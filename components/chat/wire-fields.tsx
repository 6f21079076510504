"use client";

import { useTranslations } from "next-intl";
import { toParamLabel } from "@/lib/shared/param-label";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { NOT_IN_MESSAGES } from "@/lib/shared/wire/messages-body";
import { Segmented } from "../ui/segmented";

type WireFieldsProps = {
  settings: ChatSettings;
  onChange: (change: Pick<ChatSettings, "format" | "protocol">) => void;
};

/** Output format and protocol; what the protocol has no field for is named. */
export function WireFields({ settings, onChange }: WireFieldsProps) {
  const t = useTranslations("param");
  const isAnthropic = settings.protocol === "anthropic";
  const unsent = isAnthropic ? NOT_IN_MESSAGES.filter((key) => settings[key] !== undefined) : [];
  const names: Record<(typeof NOT_IN_MESSAGES)[number], string> = {
    frequencyPenalty: t("frequencyPenalty"),
    presencePenalty: t("presencePenalty"),
    seed: "seed",
    format: t("format"),
    thinking: t("thinking"),
    thinkingBudget: t("thinkingBudget"),
  };
  return (
    <section className="grid gap-2 px-4 py-3">
      <div className="flex min-h-7 items-center gap-3">
        <span className="flex-1 text-12 font-medium text-muted">
          {toParamLabel(t("format"), "response_format")}
        </span>
        <Segmented
          label={t("format")}
          name="format"
          value={settings.format ?? "text"}
          options={[
            { value: "text", label: t("formatText") },
            { value: "json", label: "JSON" },
          ]}
          onChange={(format) => onChange({ format: format === "json" ? format : undefined })}
        />
      </div>
      {settings.format === "json" && <p className="text-12 text-muted">{t("formatHint")}</p>}
      <div className="flex min-h-7 items-center gap-3">
        <span className="flex-1 text-12 font-medium text-muted">{t("protocol")}</span>
        <Segmented
          label={t("protocol")}
          name="protocol"
          value={settings.protocol ?? "openai"}
          options={[
            { value: "openai", label: "OpenAI" },
            { value: "anthropic", label: "Anthropic" },
          ]}
          onChange={(protocol) =>
            onChange({ protocol: protocol === "anthropic" ? protocol : undefined })
          }
        />
      </div>
      {isAnthropic && <p className="text-12 text-muted">{t("protocolHint")}</p>}
      {unsent.length > 0 && (
        <p className="text-12 text-warn">
          {t("notInProtocol", { names: unsent.map((key) => names[key]).join(" · ") })}
        </p>
      )}
    </section>
  );
}
