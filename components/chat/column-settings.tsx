"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { Dialog } from "../ui/dialog";
import { IconButton } from "../ui/icon-button";
import { Tag } from "../ui/tag";
import { Parameters } from "./parameters";
import type { Column } from "./use-compare";
import { useSettingFaults } from "./use-setting-faults";

type ColumnSettingsProps = {
  column: Column;
  onModel: (model: string) => void;
  onSettings: (settings: ChatSettings) => void;
};

/** The parameters of one column, with the number of those that are set. */
export function ColumnSettings({ column, onModel, onSettings }: ColumnSettingsProps) {
  const t = useTranslations("param");
  const tChat = useTranslations("chat");
  const [isOn, setIsOn] = useState(false);
  const { model, settings } = column;
  const faults = useSettingFaults(settings);
  const changed = Object.keys(settings).length;
  return (
    <>
      {changed > 0 && <Tag tone="signal">{changed}</Tag>}
      <IconButton label={t("title")} onClick={() => setIsOn(true)}>
        <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      {isOn && (
        <Dialog title={t("title")} closeLabel={tChat("close")} onClose={() => setIsOn(false)}>
          <div className="flex max-h-[70dvh] flex-col">
            <Parameters
              model={model}
              settings={settings}
              faults={faults}
              isTitled={false}
              onChange={onSettings}
              onPreset={(preset) => {
                onModel(preset.model);
                onSettings(preset.settings);
              }}
            />
          </div>
        </Dialog>
      )}
    </>
  );
}
