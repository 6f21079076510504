"use client";

import { Plus, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { findPrice } from "@/lib/shared/model-list";
import { MESSAGE_MAX_LENGTH } from "@/lib/shared/schemas/chat";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ErrorNotice } from "../common/error-notice";
import { PageBar } from "../layout/page-bar";
import { Button } from "../ui/button";
import { Switch } from "../ui/switch";
import { useHydrated } from "../ui/use-hydrated";
import { CompareColumn } from "./compare-column";
import type { ChatStart } from "./use-chat";
import { MAX_COLUMNS, MIN_COLUMNS, toColumn, useCompare } from "./use-compare";
import { isSendKey, useComposition } from "./use-composition";
import { useDraft } from "./use-draft";

type ComparePanelProps = { starts: ChatStart[]; list: ModelList; hasToken: boolean };

/** One question, two to four models side by side. */
export function ComparePanel({ starts, list, hasToken }: ComparePanelProps) {
  const t = useTranslations("compare");
  const compare = useCompare(starts.map((start, index) => toColumn(start, String(index))));
  const { columns } = compare;
  const prices = columns.map(({ model }) => findPrice(list, model));
  const isPriced = prices.every((price) => price !== null);
  return (
    <>
      <PageBar
        title={t("title")}
        end={
          <>
            <span className="flex items-center gap-2 text-12 text-muted max-sm:hidden">
              {t("synchronise")}
              <Switch
                label={t("synchronise")}
                checked={compare.isSynchronised}
                onChange={(event) => compare.setIsSynchronised(event.target.checked)}
              />
            </span>
            <Button size="compact" disabled={columns.length >= MAX_COLUMNS} onClick={compare.add}>
              <Plus size={14} strokeWidth={1.75} aria-hidden />
              {t("add")}
            </Button>
          </>
        }
      />
      <div className="flex min-h-0 flex-1 overflow-x-auto max-sm:snap-x max-sm:snap-mandatory">
        {columns.map((column) => (
          <CompareColumn
            key={column.key}
            column={column}
            list={list}
            register={compare.register}
            onModel={(model) => compare.change(column.key, { model })}
            onSettings={(settings) => compare.change(column.key, { settings })}
            onCreated={(conversationId) => compare.change(column.key, { conversationId })}
            onKeep={(id) => void compare.keep(id)}
            onRemove={columns.length > MIN_COLUMNS ? () => compare.remove(column.key) : null}
          />
        ))}
      </div>
      <CompareComposer
        isBusy={compare.isBusy}
        isDisabled={!hasToken}
        price={isPriced ? prices.reduce<number>((sum, price) => sum + (price ?? 0), 0) : null}
        onSend={compare.send}
        onStop={compare.stopAll}
      />
    </>
  );
}

type CompareComposerProps = {
  isBusy: boolean;
  isDisabled: boolean;
  /** Of all columns together; null where one is not known. */
  price: number | null;
  /** Answers how many columns took it. */
  onSend: (text: string) => Promise<number>;
  onStop: () => void;
};

function CompareComposer({ isBusy, isDisabled, price, onSend, onStop }: CompareComposerProps) {
  const t = useTranslations("compare");
  const tChat = useTranslations("chat");
  const tModel = useTranslations("model");
  const [{ text }, change] = useDraft("compare");
  const setText = (next: string) => change(() => ({ text: next }));
  const isReady = useHydrated();
  const { isComposing, handlers } = useComposition();
  const isWritten = text.trim() !== "" && text.length <= MESSAGE_MAX_LENGTH;
  const canSend = isReady && isWritten && !isDisabled && !isBusy;
  const send = async () => {
    setText("");
    const takenCount = await onSend(text);
    if (takenCount === 0) change((now) => ({ text: now.text || text }));
  };
  return (
    <div className="border-t border-hair bg-panel p-3">
      {isDisabled && (
        <div className="mb-3">
          <ErrorNotice code="token_missing" />
        </div>
      )}
      <div className="flex items-end gap-2">
        <textarea
          aria-label={tChat("message")}
          placeholder={t("placeholder")}
          value={text}
          rows={1}
          readOnly={!isReady}
          onChange={(event) => setText(event.target.value)}
          {...handlers}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === "Escape" && isBusy) onStop();
            if (!isSendKey(event)) return;
            event.preventDefault();
            if (canSend) void send();
          }}
          className="block max-h-40 min-h-10 min-w-0 flex-1 resize-none rounded-6 border border-control bg-surface px-3.5 py-2 text-15 leading-[23px] text-ink [field-sizing:content] max-sm:text-[16px]"
        />
        {price !== null && (
          <span className="self-center text-12 whitespace-nowrap text-muted">
            {tModel("approx", { price })}
          </span>
        )}
        {isBusy ? (
          <Button tone="solid" size="main" className="min-w-20" onClick={onStop}>
            <Square size={14} strokeWidth={1.75} aria-hidden />
            {t("stopAll")}
          </Button>
        ) : (
          <Button
            tone="solid"
            size="main"
            className="min-w-20"
            disabled={!canSend}
            onClick={() => void send()}
          >
            {t("sendAll")}
          </Button>
        )}
      </div>
    </div>
  );
}
