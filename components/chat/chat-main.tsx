"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { findPrice } from "@/lib/shared/model-list";
import type { ModelList } from "@/lib/shared/schemas/model";
import type { Attachments } from "../common/use-attachments";
import { Button } from "../ui/button";
import { Composer } from "./composer";
import { Starts } from "./starts";
import { Transcript } from "./transcript";
import { Trouble } from "./trouble";
import type { Chat } from "./use-chat";
import type { ChangeDraft, Draft } from "./use-draft";
import { useOutbox } from "./use-outbox";
import { useStickyScroll } from "./use-sticky-scroll";

type ChatMainProps = {
  chat: Chat;
  draft: Draft;
  onDraft: ChangeDraft;
  attachments: Attachments;
  /** A message that a link leads to. */
  linkedId: string | null;
  model: string;
  list: ModelList;
  state: { hasToken: boolean; hasBadParameters: boolean; showsPanel: boolean };
  onParameters: () => void;
};

/** The transcript and the box below it. */
export function ChatMain({ chat, draft, attachments, linkedId, state, ...props }: ChatMainProps) {
  const t = useTranslations("chat");
  const { turns, fault, isBusy } = chat;
  const lastStatus = turns.at(-1)?.run?.status;
  const hasFailed = lastStatus === "failed" || lastStatus === "interrupted";
  const setText = (text: string) => props.onDraft(() => ({ text }));
  const { attach, isAway, toEnd } = useStickyScroll({
    isGrowing: isBusy,
    firstKey: turns[0]?.key ?? null,
    startId: linkedId,
  });
  const outbox = useOutbox({
    draft,
    change: props.onDraft,
    attachments,
    isBusy,
    fault,
    ask: (options) => {
      void chat.send(options);
      requestAnimationFrame(toEnd);
    },
  });
  return (
    <main
      className={cn(
        "relative grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] bg-surface",
        attachments.isOver && "outline-2 -outline-offset-8 outline-dashed outline-signal",
      )}
      {...attachments.dropHandlers}
    >
      <div ref={attach} className="overflow-y-auto [container-type:size]">
        <Transcript
          turns={turns}
          hasEarlier={chat.hasEarlier}
          live={chat.live}
          linkedId={linkedId}
          actions={chat.actions}
          priceOf={(id) => findPrice(props.list, id)}
          empty={<Starts onPick={setText} />}
          onEarlier={() => void chat.loadEarlier()}
        />
      </div>
      <p className="sr-only" aria-live="polite">
        {isBusy ? t("answering") : chat.hasAnswered && t(hasFailed ? "notAnswered" : "answered")}
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
          fault={fault}
          isUnsaved={chat.isUnsaved}
          onParameters={props.onParameters}
          {...state}
        />
        <Composer
          placeholder={t("placeholder", { model: props.model })}
          labels={{ send: t("send"), stop: t("stop") }}
          price={findPrice(props.list, props.model)}
          draft={{
            text: draft.text,
            previous: turns.findLast(({ role }) => role === "user")?.text ?? "",
            onText: setText,
          }}
          attachments={attachments}
          outbox={outbox}
          isBusy={isBusy}
          isLost={chat.live?.isLost ?? false}
          isDisabled={!state.hasToken || props.model === "" || state.hasBadParameters}
          onSend={outbox.add}
          onStop={chat.stop}
        />
      </div>
    </main>
  );
}
