"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/shared/cn";
import { canSee } from "@/lib/shared/model-list";
import type { ModelList } from "@/lib/shared/schemas/model";
import { useAttachments } from "../common/use-attachments";
import { PageBar } from "../layout/page-bar";
import { Button } from "../ui/button";
import { Switch } from "../ui/switch";
import { CompareColumn } from "./compare-column";
import { CompareComposer } from "./compare-composer";
import type { ChatStart } from "./use-chat";
import { MAX_COLUMNS, MIN_COLUMNS, toColumn, useCompare } from "./use-compare";

type ComparePanelProps = { starts: ChatStart[]; list: ModelList; hasToken: boolean };

/** One question, two to four models side by side. */
export function ComparePanel({ starts, list, hasToken }: ComparePanelProps) {
  const t = useTranslations("compare");
  const compare = useCompare(starts.map((start, index) => toColumn(start, String(index))));
  const { columns } = compare;
  const [targetKey, setTargetKey] = useState<string | null>(null);
  const target = columns.find(({ key }) => key === targetKey) ?? null;
  const usable = list.models.filter(({ state }) => state === "listed").map(({ id }) => id);
  const asked = target ? [target] : columns;
  const attachments = useAttachments(asked.every(({ model }) => canSee(list, model)));
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
            <Button
              size="compact"
              disabled={columns.length >= MAX_COLUMNS}
              onClick={() => compare.show(compare.add(usable))}
            >
              <Plus size={14} strokeWidth={1.75} aria-hidden />
              {t("add")}
            </Button>
          </>
        }
      />
      {compare.lastAddress && (
        <p className="border-b border-hair bg-panel px-4 py-2 text-12 text-muted">
          <a href={compare.lastAddress} className="text-signal underline">
            {t("goOn")}
          </a>
        </p>
      )}
      <main
        className={cn(
          "flex min-h-0 flex-1 flex-col",
          attachments.isOver && "outline-2 -outline-offset-8 outline-dashed outline-signal",
        )}
        {...attachments.dropHandlers}
      >
        <div className="flex min-h-0 flex-1 overflow-x-auto max-sm:snap-x max-sm:snap-mandatory">
          {columns.map((column, index) => (
            <CompareColumn
              key={column.key}
              column={column}
              index={index + 1}
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
          compare={compare}
          list={list}
          hasToken={hasToken}
          target={target}
          attachments={attachments}
          onTarget={(key) => {
            setTargetKey(key);
            if (key) compare.show(key);
          }}
        />
      </main>
    </>
  );
}
