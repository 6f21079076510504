"use client";

import { CodeXml, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ModelPicker } from "../common/model-picker";
import { Capabilities } from "../common/model-row";
import { PageBar } from "../layout/page-bar";
import { IconButton } from "../ui/icon-button";
import { CodeDialog, type CodeOf } from "./code-dialog";

type ChatBarProps = {
  list: ModelList;
  /** The next call: its model is what the picker shows. */
  code: CodeOf;
  fault: string | undefined;
  listButton: ReactNode;
  isPanelOn: boolean;
  onModel: (id: string) => void;
  onPanel: () => void;
};

/** The model with what it can do, and the switch of the parameters. */
export function ChatBar({ list, code, fault, listButton, ...panel }: ChatBarProps) {
  const { model } = code;
  const [isCodeOn, setIsCodeOn] = useState(false);
  const t = useTranslations("chat");
  const tParam = useTranslations("param");
  const tCode = useTranslations("code");
  const chosen = list.models.find(({ id }) => id === model);
  return (
    <PageBar
      end={
        <>
          <IconButton label={tCode("title")} onClick={() => setIsCodeOn(true)}>
            <CodeXml size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
          <IconButton label={tParam("title")} isOn={panel.isPanelOn} onClick={panel.onPanel}>
            <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </>
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
      {isCodeOn && <CodeDialog of={code} onClose={() => setIsCodeOn(false)} />}
    </PageBar>
  );
}
