"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ModelPicker } from "../common/model-picker";
import { Capabilities } from "../common/model-row";
import { PageBar } from "../layout/page-bar";
import { IconButton } from "../ui/icon-button";

type ChatBarProps = {
  list: ModelList;
  model: string;
  fault: string | undefined;
  listButton: ReactNode;
  isPanelOn: boolean;
  onModel: (id: string) => void;
  onPanel: () => void;
};

/** The model with what it can do, and the switch of the parameters. */
export function ChatBar({ list, model, fault, listButton, ...panel }: ChatBarProps) {
  const t = useTranslations("chat");
  const tParam = useTranslations("param");
  const chosen = list.models.find(({ id }) => id === model);
  return (
    <PageBar
      end={
        <IconButton label={tParam("title")} isOn={panel.isPanelOn} onClick={panel.onPanel}>
          <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      }
    >
      {listButton}
      <h1 className="sr-only">{t("title")}</h1>
      <ModelPicker
        list={list}
        kind="chat"
        value={model}
        fault={fault}
        onChange={panel.onModel}
        className="w-80 min-w-0 shrink max-sm:flex-1"
      />
      {chosen && (
        <span className="flex min-w-0 gap-1 overflow-hidden max-md:hidden">
          <Capabilities model={chosen} />
        </span>
      )}
    </PageBar>
  );
}
