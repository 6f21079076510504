"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import { canSee } from "@/lib/shared/model-list";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { ModelList } from "@/lib/shared/schemas/model";
import { useAttachments } from "../common/use-attachments";
import { Dialog } from "../ui/dialog";
import { ChatBar } from "./chat-bar";
import { ChatMain } from "./chat-main";
import { Parameters } from "./parameters";
import { type ChatStart, useChat } from "./use-chat";
import { useDraft } from "./use-draft";
import { useSettingFaults } from "./use-setting-faults";
import { useWide } from "./use-wide";

export type ChatPanelProps = {
  start: ChatStart;
  /** A message that a link leads to. */
  linkedId: string | null;
  list: ModelList;
  hasToken: boolean;
  /** Where calls go, for code samples. */
  origin: string;
  /** Opens the list of conversations where it is not in view. */
  listButton: ReactNode;
};

/** One conversation with one model. */
export function ChatPanel({ start, linkedId, list, ...page }: ChatPanelProps) {
  const t = useTranslations("chat");
  const tParam = useTranslations("param");
  const [id, setId] = useState(start.id);
  const [model, setModel] = useState(start.model);
  const [settings, setSettings] = useState(start.settings);
  const [draft, changeDraft] = useDraft(id, (kept) => {
    if (kept.model) setModel(kept.model);
    if (kept.settings) setSettings(kept.settings);
  });
  const onModel = (next: string) => {
    setModel(next);
    changeDraft(() => ({ model: next }));
  };
  const onSettings = (next: ChatSettings) => {
    setSettings(next);
    changeDraft(() => ({ settings: next }));
  };
  const isWide = useWide();
  const [isPanelOn, setIsPanelOn] = useState<boolean | null>(null);
  const showsPanel = isPanelOn ?? isWide;
  const attachments = useAttachments(canSee(list, model));
  const chat = useChat({
    start,
    isColumn: false,
    model,
    settings,
    // Without a navigation: the page stays, and so does the answer that is being read.
    onCreated: (created) => {
      setId(created);
      window.history.replaceState(null, "", `/chat/${created}`);
    },
  });
  const faults = useSettingFaults(settings);
  const parameters = (
    <Parameters
      model={model}
      settings={settings}
      faults={faults}
      isTitled={isWide}
      onChange={onSettings}
      onPreset={(preset) => {
        onModel(preset.model);
        onSettings(preset.settings);
      }}
    />
  );
  return (
    <>
      <ChatBar
        list={list}
        code={{ model, settings, origin: page.origin, turns: chat.turns, written: draft.text }}
        fault={chat.fault?.error.fields.model}
        listButton={page.listButton}
        isPanelOn={showsPanel}
        onModel={onModel}
        onPanel={() => setIsPanelOn(!showsPanel)}
      />
      <div className="flex min-h-0 flex-1">
        <ChatMain
          chat={chat}
          draft={draft}
          onDraft={changeDraft}
          attachments={attachments}
          linkedId={linkedId}
          model={model}
          list={list}
          state={{
            hasToken: page.hasToken,
            hasBadParameters: Object.keys(faults).length > 0,
            showsPanel,
          }}
          onParameters={() => {
            flushSync(() => setIsPanelOn(true)); // the field is there from here
            const bad = document.querySelector<HTMLElement>("[aria-invalid=true][id^=param]");
            bad?.scrollIntoView({ block: "center" });
            bad?.focus();
          }}
        />
        {showsPanel && isWide && (
          <aside className="flex w-(--params) shrink-0 flex-col border-l border-hair bg-panel">
            {parameters}
          </aside>
        )}
      </div>
      {showsPanel && !isWide && (
        <Dialog title={tParam("title")} closeLabel={t("close")} onClose={() => setIsPanelOn(false)}>
          <div className="flex max-h-[70dvh] flex-col">{parameters}</div>
        </Dialog>
      )}
    </>
  );
}
