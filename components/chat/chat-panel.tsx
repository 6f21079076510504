"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { ApiError } from "@/lib/client/api";
import { findPrice } from "@/lib/shared/model-list";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { ModelList } from "@/lib/shared/schemas/model";
import { toCalledModel } from "@/lib/shared/wire/thinking-fields";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { ChatBar } from "./chat-bar";
import { type ChatUIMessage, readoutOf, textOf } from "./chat-message";
import { Composer } from "./composer";
import { Parameters } from "./parameters";
import { Starts } from "./starts";
import { Turn } from "./turn";
import { useConversation } from "./use-conversation";
import { useSettingFaults } from "./use-setting-faults";
import { useStickyScroll } from "./use-sticky-scroll";
import { useWide } from "./use-wide";

export type ChatPanelProps = {
  conversation: {
    id: string | null;
    model: string;
    settings: ChatSettings;
    messages: ChatUIMessage[];
    activeRunId: string | null;
  };
  list: ModelList;
  hasToken: boolean;
  /** Where calls go, for code samples. */
  origin: string;
  /** Opens the list of conversations where it is not in view. */
  listButton: ReactNode;
};

/** One conversation with one model. */
export function ChatPanel({ conversation, list, hasToken, origin, listButton }: ChatPanelProps) {
  const t = useTranslations("chat");
  const tParam = useTranslations("param");
  const [model, setModel] = useState(conversation.model);
  const [settings, setSettings] = useState(conversation.settings);
  const [draft, setDraft] = useState("");
  const isWide = useWide();
  const [isPanelOn, setIsPanelOn] = useState<boolean | null>(null);
  const showsPanel = isPanelOn ?? isWide;
  const { messages, isBusy, fault, retryAt, send, stop, hasAnswered } = useConversation({
    conversationId: conversation.id,
    messages: conversation.messages,
    activeRunId: conversation.activeRunId,
    model,
    settings,
  });
  const { attach, isAway, toEnd } = useStickyScroll(isBusy);
  const [seenFault, setSeenFault] = useState(fault);
  if (fault !== seenFault) {
    setSeenFault(fault);
    if (fault && draft === "") setDraft(fault.text);
  }
  const faults = useSettingFaults(settings);
  const hasBadParameters = Object.keys(faults).length > 0;
  const parameters = (
    <Parameters
      model={model}
      settings={settings}
      faults={faults}
      isTitled={isWide}
      onChange={setSettings}
    />
  );

  return (
    <>
      <ChatBar
        list={list}
        code={{ model, settings, origin, messages }}
        fault={fault?.error.fields.model}
        listButton={listButton}
        isPanelOn={showsPanel}
        onModel={setModel}
        onPanel={() => setIsPanelOn(!showsPanel)}
      />
      <div className="flex min-h-0 flex-1">
        <main className="relative grid min-w-0 flex-1 grid-rows-[minmax(0,1fr)_auto] bg-surface">
          <div ref={attach} className="overflow-y-auto">
            <Transcript
              messages={messages}
              isBusy={isBusy}
              retryAt={retryAt}
              calledModel={toCalledModel(model, settings)}
              onPick={setDraft}
              onRetry={send}
            />
          </div>
          <p className="sr-only" aria-live="polite">
            {isBusy ? t("answering") : hasAnswered && t("answered")}
          </p>
          {isAway && (
            <Button
              size="compact"
              onClick={toEnd}
              className="absolute bottom-36 left-1/2 -translate-x-1/2 shadow-1"
            >
              {t("toLatest")}
              <ArrowDown size={14} strokeWidth={1.75} aria-hidden />
            </Button>
          )}
          <div className="mx-auto w-full max-w-[calc(var(--measure)+104px)] px-6 pb-3.5 pl-20 max-sm:px-3">
            <Trouble
              fault={fault?.error ?? null}
              hasToken={hasToken}
              hasBadParameters={hasBadParameters}
              showsPanel={showsPanel}
              onParameters={() => setIsPanelOn(true)}
            />
            <Composer
              model={model}
              price={findPrice(list, model)}
              text={draft}
              isBusy={isBusy}
              isDisabled={!hasToken || model === "" || hasBadParameters}
              onText={setDraft}
              onStop={stop}
              onSend={() => {
                send(draft);
                setDraft("");
                toEnd();
              }}
            />
          </div>
        </main>
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

type TranscriptProps = {
  messages: ChatUIMessage[];
  isBusy: boolean;
  retryAt: number | null;
  /** What a call goes to now. */
  calledModel: string;
  onPick: (text: string) => void;
  onRetry: (text: string) => void;
};

function Transcript({ messages, isBusy, retryAt, calledModel, onPick, onRetry }: TranscriptProps) {
  const question = messages.at(-2);
  const last = messages.at(-1);
  const readout = last ? readoutOf(last) : null;
  // No call of this model is left today; another one may be asked.
  const isSpent = readout?.errorCode === "model_quota_day" && readout.model === calledModel;
  return (
    <div
      role="log"
      aria-live="off"
      className="mx-auto w-full max-w-[calc(var(--measure)+104px)] px-6 pt-5 pb-3 max-sm:px-4"
    >
      {messages.map((message, index) => {
        const isLast = index === messages.length - 1;
        // Only where it is shown: a new callback draws the turn anew.
        const canRetry = isLast && !isBusy && readout?.errorCode && !isSpent && question;
        return (
          <Turn
            key={message.id}
            message={message}
            isLive={isBusy && isLast}
            retryAt={isLast ? retryAt : null}
            {...(canRetry && { onRetry: () => onRetry(textOf(question, "text")) })}
          />
        );
      })}
      {messages.length === 0 && <Starts onPick={onPick} />}
    </div>
  );
}

type TroubleProps = {
  fault: ApiError | null;
  hasToken: boolean;
  hasBadParameters: boolean;
  showsPanel: boolean;
  onParameters: () => void;
};

/** What keeps a question from being sent, above the box it is written in. */
function Trouble({ fault, hasToken, hasBadParameters, showsPanel, onParameters }: TroubleProps) {
  const t = useTranslations("chat");
  if (fault) {
    const cost = fault.fields.model ?? t("notSent");
    return (
      <div className="mb-3">
        <ErrorNotice code={fault.code} id={fault.id} cost={cost} />
      </div>
    );
  }
  if (!hasToken) {
    return (
      <div className="mb-3">
        <ErrorNotice code="token_missing" />
      </div>
    );
  }
  if (!hasBadParameters) return null;
  return (
    <p role="alert" className="mb-3 flex flex-wrap items-center gap-3 text-13 text-bad">
      {t("badParameters")}
      {!showsPanel && (
        <Button size="compact" onClick={onParameters}>
          {t("openParameters")}
        </Button>
      )}
    </p>
  );
}
