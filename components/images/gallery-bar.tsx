"use client";

import {
  CalendarDays,
  Search,
  SquareCheck,
  SquareSplitHorizontal,
  Star,
  Trash2,
  X,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IMAGE_GROUPS, type ImageCounts, type ImageView } from "@/lib/shared/schemas/image";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import type { GalleryFilter } from "./image-requests";
import type { useSelection } from "./use-selection";

type GalleryBarProps = {
  filter: GalleryFilter;
  counts: ImageCounts;
  onFilter: (filter: GalleryFilter) => void;
  selection: ReturnType<typeof useSelection>;
};

/** What the gallery shows: a group, a text, days; and the way to choose several. */
export function GalleryBar({ filter, counts, onFilter, selection }: GalleryBarProps) {
  const t = useTranslations("image");
  const hasDays = filter.from !== "" || filter.to !== "";
  const [showsDays, setShowsDays] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Segmented
        label={t("group.label")}
        name="image-group"
        value={filter.group}
        options={IMAGE_GROUPS.map((value) => ({
          value,
          label: t(`group.${value}`, { count: counts[value] }),
        }))}
        onChange={(group) => onFilter({ ...filter, group })}
      />
      <span className="relative min-w-40 flex-1 sm:max-w-64">
        <Search
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
        />
        <Input
          type="search"
          aria-label={t("search")}
          value={filter.q}
          maxLength={200}
          placeholder={t("search")}
          onChange={(event) => onFilter({ ...filter, q: event.target.value })}
          className="h-7! pl-8! text-12! max-sm:h-11! max-sm:text-[16px]!"
        />
      </span>
      {filter.model && (
        <Button size="compact" onClick={() => onFilter({ ...filter, model: "" })}>
          <span className="max-w-48 truncate font-mono">{filter.model}</span>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
      <IconButton
        label={t("days")}
        isOn={showsDays || hasDays}
        aria-expanded={showsDays || hasDays}
        onClick={() => {
          if (hasDays) onFilter({ ...filter, from: "", to: "" });
          setShowsDays(!(showsDays || hasDays));
        }}
      >
        <CalendarDays size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton
        label={t("chooseSeveral")}
        isOn={selection.isOn}
        onClick={selection.isOn ? selection.end : selection.begin}
        className="ml-auto"
      >
        <SquareCheck size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
      {(showsDays || hasDays) && (
        <div className="flex w-full items-center gap-2">
          <Day
            label={t("from")}
            value={filter.from}
            onChange={(from) => onFilter({ ...filter, from })}
          />
          <span aria-hidden className="text-muted">
            –
          </span>
          <Day label={t("to")} value={filter.to} onChange={(to) => onFilter({ ...filter, to })} />
        </div>
      )}
    </div>
  );
}

type DayProps = { label: string; value: string; onChange: (day: string) => void };

function Day({ label, value, onChange }: DayProps) {
  return (
    <Input
      type="date"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-7! w-36! text-12! max-sm:h-11! max-sm:w-auto! max-sm:min-w-0 max-sm:flex-1 max-sm:text-[16px]!"
    />
  );
}

type SelectionBarProps = {
  chosen: readonly ImageView[];
  onFavour: (isFavourite: boolean) => void;
  onCompare: (images: readonly [ImageView, ImageView]) => void;
  onDelete: () => void;
  onEnd: () => void;
};

/** What can be done with the chosen pictures together. */
export function SelectionBar(props: SelectionBarProps) {
  const { chosen, onFavour, onCompare, onDelete, onEnd } = props;
  const t = useTranslations("image");
  const areFavourites = chosen.length > 0 && chosen.every(({ isFavourite }) => isFavourite);
  const isEmpty = chosen.length === 0;
  const [first, second, ...others] = chosen;
  const areDone = chosen.every(({ status }) => status === "done");
  return (
    <div
      role="toolbar"
      aria-label={t("chooseSeveral")}
      className="sticky bottom-3 z-10 mx-auto mt-4 flex w-fit items-center gap-2 rounded-6 bg-raised p-1.5 pl-3.5 text-13 shadow-2"
    >
      <span className="shrink-0 whitespace-nowrap text-ink">
        {t("chosen", { count: chosen.length })}
      </span>
      <Button size="compact" disabled={isEmpty} onClick={() => onFavour(!areFavourites)}>
        <Star size={14} strokeWidth={1.75} aria-hidden />
        <span className="max-sm:sr-only">{t(areFavourites ? "unfavour" : "favour")}</span>
      </Button>
      {first && second && others.length === 0 && areDone && (
        <Button size="compact" onClick={() => onCompare([first, second])}>
          <SquareSplitHorizontal size={14} strokeWidth={1.75} aria-hidden />
          <span className="max-sm:sr-only">{t("compareTwo")}</span>
        </Button>
      )}
      <Button size="compact" tone="danger" disabled={isEmpty} onClick={onDelete}>
        <Trash2 size={14} strokeWidth={1.75} aria-hidden />
        {t("delete")}
      </Button>
      <IconButton label={t("chooseEnd")} onClick={onEnd}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
