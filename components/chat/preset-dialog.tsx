"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { Preset } from "@/lib/shared/schemas/preset";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Skeleton } from "../ui/skeleton";
import { Switch } from "../ui/switch";
import { findOwn, usePresets } from "./use-presets";

type PresetDialogProps = {
  /** What would be saved. */
  model: string;
  settings: ChatSettings;
  onPick: (preset: Preset) => void;
  onClose: () => void;
};

/** Model, system prompt and parameters under a name: pick one, or keep what is set now. */
export function PresetDialog({ model, settings, onPick, onClose }: PresetDialogProps) {
  const t = useTranslations("preset");
  const tChat = useTranslations("chat");
  const { presets, fault, save, share, remove } = usePresets();
  const [name, setName] = useState("");
  const [isShared, setIsShared] = useState(false);
  return (
    <Dialog title={t("title")} closeLabel={tChat("close")} onClose={onClose}>
      <div className="grid gap-4 px-5 pb-5">
        {presets === null && !fault && <Skeleton className="h-16" />}
        {presets?.length === 0 && <p className="text-13 text-muted">{t("empty")}</p>}
        {presets !== null && presets.length > 0 && (
          <ul className="max-h-[40dvh] overflow-y-auto rounded-6 border border-hair">
            {presets.map((preset) => (
              <li
                key={preset.id}
                className="flex items-center gap-2 border-t border-hair pr-2 first:border-t-0"
              >
                <button
                  type="button"
                  onClick={() => {
                    onPick(preset);
                    onClose();
                  }}
                  className="min-w-0 flex-1 px-3.5 py-2 text-left hover:bg-hover"
                >
                  <span className="block truncate text-13 font-medium text-ink">{preset.name}</span>
                  <span className="block truncate text-12 text-muted">
                    {preset.model}
                    {!preset.isOwn && ` · ${t("by", { name: preset.ownerName })}`}
                  </span>
                </button>
                {preset.isOwn && (
                  <>
                    <Switch
                      label={t("share", { name: preset.name })}
                      title={t("shared")}
                      checked={preset.isShared}
                      onChange={(event) => void share(preset, event.target.checked)}
                    />
                    <IconButton
                      label={t("remove", { name: preset.name })}
                      onClick={() => void remove(preset)}
                    >
                      <Trash2 size={14} strokeWidth={1.75} aria-hidden />
                    </IconButton>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
        <form
          className="grid gap-2 border-t border-hair pt-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save({ name, model, settings, isShared }).then(
              (isSaved) => isSaved && setName(""),
            );
          }}
        >
          <label htmlFor="preset-name" className="text-12 font-medium text-muted">
            {t("saveAs")}
          </label>
          <div className="flex gap-2">
            <Input
              id="preset-name"
              value={name}
              maxLength={80}
              hasFault={fault !== null}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" tone="solid" className="h-9" disabled={name.trim() === ""}>
              {t(findOwn(presets, name) ? "update" : "save")}
            </Button>
          </div>
          <span className="flex items-center gap-2 text-12 text-muted">
            <Switch
              label={t("shared")}
              checked={isShared}
              onChange={(event) => setIsShared(event.target.checked)}
            />
            {t("shared")}
          </span>
          {fault && (
            <p role="alert" className="text-12 text-bad">
              {fault.fields.name ?? fault.message}
            </p>
          )}
        </form>
      </div>
    </Dialog>
  );
}
