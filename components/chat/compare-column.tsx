"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RefCallback } from "react";
import { findPrice } from "@/lib/shared/model-list";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ErrorNotice } from "../common/error-notice";
import { ModelPicker } from "../common/model-picker";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { ColumnSettings } from "./column-settings";
import { Transcript } from "./transcript";
import { useChat } from "./use-chat";
import { type ColumnHandle, useColumn } from "./use-column";
import type { Column } from "./use-compare";
import { useStickyScroll } from "./use-sticky-scroll";

type CompareColumnProps = {
  column: Column;
  /** Its place, from 1. */
  index: number;
  list: ModelList;
  /** Sends, stops and scrolls it from outside. */
  register: (key: string, handle: ColumnHandle | null) => void;
  onModel: (model: string) => void;
  onSettings: (settings: ChatSettings) => void;
  onCreated: (id: string) => void;
  onKeep: (id: string) => void;
  onRemove: (() => void) | null;
};

/** One model of a comparison: a conversation of its own, with its own answers, waits and faults. */
export function CompareColumn({ column, index, list, register, ...props }: CompareColumnProps) {
  const t = useTranslations("compare");
  const { key, start, model } = column;
  const chat = useChat({
    start,
    isColumn: true,
    model,
    settings: column.settings,
    onCreated: props.onCreated,
  });
  const { turns, fault, isBusy } = chat;
  const { attach, toEnd } = useStickyScroll({
    isGrowing: isBusy,
    firstKey: turns[0]?.key ?? null,
    startId: null,
  });
  const scroller = useColumn(key, register, {
    isBusy,
    stop: chat.stop,
    send: (question, onSettled) => {
      void chat.send({ question, onSettled });
      requestAnimationFrame(toEnd);
    },
  });
  const attachBoth: RefCallback<HTMLElement> = (box) => {
    attach(box);
    scroller.current = box;
  };
  const conversationId = chat.id;
  return (
    <section
      aria-label={model}
      data-testid="compare-column"
      className="flex min-h-0 min-w-80 flex-1 flex-col border-l border-hair bg-surface first:border-l-0 max-sm:min-w-[calc(100%-1.5rem)] max-sm:snap-start"
    >
      <header className="flex items-center gap-1 border-b border-hair bg-panel p-2">
        <span className="w-6 shrink-0 text-center font-mono text-12 text-muted" aria-hidden>
          {index}
        </span>
        <ModelPicker
          list={list}
          kind="chat"
          value={model}
          fault={fault?.error.fields.model}
          onChange={props.onModel}
          className="min-w-0 flex-1"
        />
        <ColumnSettings column={column} onModel={props.onModel} onSettings={props.onSettings} />
        {props.onRemove && (
          <IconButton label={t("remove", { model })} onClick={props.onRemove}>
            <X size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
      </header>
      <div ref={attachBoth} className="min-h-0 flex-1 overflow-y-auto [container-type:size]">
        <Transcript
          turns={turns}
          hasEarlier={chat.hasEarlier}
          live={chat.live}
          linkedId={null}
          actions={chat.actions}
          priceOf={(id) => findPrice(list, id)}
          empty={<p className="py-6 text-13 text-muted">{t("empty")}</p>}
          onEarlier={() => void chat.loadEarlier()}
        />
      </div>
      <footer className="grid gap-2 border-t border-hair bg-panel p-2">
        {fault && (
          <ErrorNotice
            code={fault.error.code}
            id={fault.error.id}
            cost={Object.values(fault.error.fields)[0]}
          />
        )}
        <Button
          disabled={!conversationId || isBusy}
          onClick={() => conversationId && props.onKeep(conversationId)}
        >
          {t("keep")}
        </Button>
      </footer>
    </section>
  );
}
