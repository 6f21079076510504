"use client";

import { useTranslations } from "next-intl";
import { toParamLabel } from "@/lib/shared/param-label";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { Segmented } from "../ui/segmented";

type WireFieldsProps = {
  settings: ChatSettings;
  /** Settings that are set and not sent. */
  unsent: readonly (keyof ChatSettings)[];
  onChange: (change: Pick<ChatSettings, "format" | "protocol">) => void;
};

/** Output format and protocol; a format that the protocol has no field for says so. */
export function WireFields({ settings, unsent, onChange }: WireFieldsProps) {
  const t = useTranslations("param");
  const isAnthropic = settings.protocol === "anthropic";
  const isFormatUnsent = unsent.includes("format");
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
      {settings.format === "json" && (
        <p className={isFormatUnsent ? "text-12 text-warn" : "text-12 text-muted"}>
          {t(isFormatUnsent ? "notSentHere" : "formatHint")}
        </p>
      )}
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
    </section>
  );
}
