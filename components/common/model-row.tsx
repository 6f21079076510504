"use client";

import { Star } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { Model } from "@/lib/shared/schemas/model";
import { IconButton } from "../ui/icon-button";
import { Light } from "../ui/light";
import { Tag } from "../ui/tag";
import { ModelHealth } from "./model-health";

/** What a model is good for, as tags. */
export function Capabilities({ model }: { model: Model }) {
  const t = useTranslations("model");
  return (
    <>
      {model.reasoning && <Tag>{t("reasoning")}</Tag>}
      {model.kinds.includes("vision") && <Tag>{t("vision")}</Tag>}
      {model.kinds.includes("edit") && <Tag>{t("edit")}</Tag>}
    </>
  );
}

/** An id with its organisation stepped back. */
function ModelId({ id }: { id: string }) {
  const [organisation, ...name] = id.split("/");
  return (
    <span className="mono min-w-0 truncate max-sm:col-span-2" title={id}>
      <span className="text-muted">{organisation}/</span>
      <span className="text-ink">{name.join("/")}</span>
    </span>
  );
}

type ModelRowProps = {
  model: Model;
  isChosen: boolean;
  /** One that works, where this one does not. */
  instead: Model | null;
  onPick: (model: Model) => void;
  onFavourite: (isFavourite: boolean) => void;
};

/** One line of the picker; a withdrawn model stays in its place and says since when. */
export function ModelRow({ model, isChosen, instead, onPick, onFavourite }: ModelRowProps) {
  const t = useTranslations("model");
  const format = useFormatter();
  const isGone = model.state === "withdrawn";
  return (
    <li
      className={cn(
        "flex items-center border-l-2 pr-2 hover:bg-hover has-focus-visible:bg-hover",
        isChosen ? "border-signal bg-hover" : "border-transparent",
      )}
    >
      <button
        type="button"
        data-model={model.id}
        aria-current={isChosen || undefined}
        disabled={isGone}
        onClick={() => onPick(model)}
        className="grid min-h-9 min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto_112px_56px] items-center gap-x-3 gap-y-1 py-1.5 pr-2 pl-4 text-left text-13 focus-visible:-outline-offset-2 max-sm:min-h-14 max-sm:grid-cols-[minmax(0,1fr)_auto_40px]"
      >
        <ModelId id={model.id} />
        {isGone ? (
          <span className="flex items-center gap-1.5 text-12 text-muted max-sm:order-last max-sm:col-span-3">
            <Light state="failed" />
            {t("gone", {
              date: format.dateTime(new Date(model.withdrawnAt ?? 0), { dateStyle: "short" }),
            })}
          </span>
        ) : (
          <span className="flex gap-1 max-sm:order-last">
            <Capabilities model={model} />
          </span>
        )}
        <ModelHealth model={model} />
        <span className="mono text-right text-12 text-ink">
          {!isGone && (model.price === null ? "—" : format.number(model.price))}
          {!isGone && model.isPriceSeen && "*"}
        </span>
      </button>
      {instead && (
        <button
          type="button"
          title={instead.id}
          onClick={() => onPick(instead)}
          className="shrink-0 truncate px-2 text-12 text-signal underline underline-offset-2 max-sm:min-h-11 max-sm:max-w-28"
        >
          {t("useInstead", { name: instead.id.split("/").at(-1) ?? instead.id })}
        </button>
      )}
      <IconButton
        label={t(model.isFavourite ? "unfavourite" : "favourite", { id: model.id })}
        aria-pressed={model.isFavourite}
        onClick={() => onFavourite(!model.isFavourite)}
      >
        <Star
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={model.isFavourite ? "fill-current text-ink" : undefined}
        />
      </IconButton>
    </li>
  );
}
