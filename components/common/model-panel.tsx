"use client";

import { Search, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ModelKind } from "@/lib/shared/models/family";
import type { Model, ModelList } from "@/lib/shared/schemas/model";
import { findInstead } from "@/lib/shared/weather";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Segmented } from "../ui/segmented";
import { ModelRow } from "./model-row";
import { type ModelFilter, useModelList } from "./use-model-list";

const FILTERS: Record<"chat" | "other", readonly ModelFilter[]> = {
  chat: ["all", "favourites", "reasoning", "vision"],
  other: ["all", "favourites"],
};

type ModelPanelProps = {
  list: ModelList;
  kind: ModelKind;
  value: string;
  onPick: (model: Model) => void;
  onClose: () => void;
};

/** Moves the focus from row to row, and from the search box into the list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.nativeEvent.isComposing) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("button[data-model]:enabled")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + step] ?? (step > 0 ? rows[0] : undefined);
  event.preventDefault();
  if (next && !(at === 0 && step < 0)) next.focus();
  else event.currentTarget.querySelector("input")?.focus();
}

/** Search, filters and the list; what is typed may be any id, and is checked before it is taken. */
export function ModelPanel({ list: initial, kind, value, onPick, onClose }: ModelPanelProps) {
  const t = useTranslations("model");
  const picker = useModelList(initial, kind);
  const { groups } = picker;
  const [isChecking, setIsChecking] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const takeTyped = async () => {
    setIsChecking(true);
    const model = await picker.checkTyped();
    setIsChecking(false);
    if (model) onPick(model);
  };
  const onEnter = () => {
    const [first] = [...groups.favourites, ...groups.recent, ...groups.all];
    if (first && first.state !== "withdrawn") onPick(first);
    else if (picker.typed) void takeTyped();
  };
  const isEmpty = groups.favourites.length + groups.recent.length + groups.all.length === 0;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between its own controls
    <div className="flex max-h-[inherit] flex-col max-sm:h-dvh" onKeyDown={moveFocus}>
      <div className="flex flex-wrap items-center gap-3 border-b border-hair px-4 py-2.5">
        <Search size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
        <input
          ref={input}
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={picker.search}
          spellCheck={false}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the panel was opened to look for a model
          autoFocus
          onChange={(event) => picker.setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onEnter();
          }}
          className="h-8 min-w-0 flex-1 [&::-webkit-search-cancel-button]:hidden bg-transparent text-14 text-ink outline-none max-sm:h-11 max-sm:text-[16px]"
        />
        <IconButton label={t("close")} onClick={onClose} className="sm:hidden">
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <span className="max-sm:w-full max-sm:overflow-x-auto">
          <Segmented
            label={t("filter.label")}
            name="model-filter"
            value={picker.filter}
            options={FILTERS[kind === "chat" ? "chat" : "other"].map((filter) => ({
              value: filter,
              label: t(`filter.${filter}`),
            }))}
            onChange={picker.setFilter}
          />
        </span>
      </div>
      {picker.typed && (
        <div className="flex flex-wrap items-center gap-3 border-b border-hair px-4 py-2.5">
          <Button disabled={isChecking} onClick={() => void takeTyped()}>
            {t(isChecking ? "checking" : "useTyped")}
          </Button>
          <span className="mono min-w-0 truncate text-ink">{picker.typed}</span>
          {picker.fault && (
            <p role="alert" className="w-full text-12 text-bad">
              {picker.fault}
            </p>
          )}
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto pb-1">
        {!isEmpty && (
          <p className="sticky top-0 flex justify-end gap-6 border-b border-hair bg-raised py-1.5 pr-13 text-12 text-muted">
            <span className="max-sm:hidden">{t("healthColumn")}</span>
            {t("priceColumn")}
          </p>
        )}
        {(["favourites", "recent", "all"] as const).map((group) => (
          <Group key={group} title={t(`group.${group}`)} models={groups[group]}>
            {(model) => (
              <ModelRow
                key={model.id}
                model={model}
                isChosen={model.id === value}
                instead={findInstead(model, picker.list.models)}
                onPick={onPick}
                onFavourite={(isFavourite) => picker.setFavourite(model, isFavourite)}
              />
            )}
          </Group>
        ))}
        {isEmpty && !picker.typed && (
          <p className="px-4 py-6 text-center text-13 text-muted">
            {t(picker.filter === "favourites" && !picker.search ? "noFavourites" : "nothingFound")}
          </p>
        )}
      </div>
      <Footer list={picker.list} />
    </div>
  );
}

type GroupProps = {
  title: string;
  models: readonly Model[];
  children: (model: Model) => React.ReactNode;
};

function Group({ title, models, children }: GroupProps) {
  if (models.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="px-4 pt-2.5 pb-1 text-12 font-normal text-faint">{title}</h3>
      <ul>{models.map(children)}</ul>
    </section>
  );
}

/** Where the list is from and how old it is. */
function Footer({ list: { source, readAt, models } }: { list: ModelList }) {
  const t = useTranslations("model");
  const format = useFormatter();
  const time = readAt
    ? `${format.dateTime(new Date(readAt), { dateStyle: "short", timeStyle: "short" })} UTC+8`
    : "";
  return (
    <p className="flex flex-wrap gap-x-4 border-t border-rule px-4 py-2 text-12 text-muted">
      <span>{t("priceNote")}</span>
      <span className={source === "live" ? "ml-auto" : "ml-auto text-warn"}>
        {t(`source.${source}`, { count: models.length, time })}
      </span>
    </p>
  );
}
