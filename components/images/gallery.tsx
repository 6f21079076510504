"use client";

import { Image as ImageIcon } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ImageCounts, ImageView } from "@/lib/shared/schemas/image";
import { EmptyState } from "../common/empty-state";
import { useInView } from "../common/use-in-view";
import { Button, buttonClasses } from "../ui/button";
import type { CardVerbs } from "./card-actions";
import { CompareDialog } from "./compare-dialog";
import { GalleryBar, SelectionBar } from "./gallery-bar";
import { type Batch, toBatches, toPlaces } from "./gallery-batches";
import { ImageCard } from "./image-card";
import { type GalleryFilter, isNarrowed } from "./image-requests";
import type { Gallery as Pictures } from "./use-images";
import { useSelection } from "./use-selection";

type GalleryProps = {
  pictures: Pictures;
  counts: ImageCounts;
  verbs: CardVerbs;
  onRemove: (images: readonly ImageView[]) => void;
};

/** Everything that was made, newest first, by click; more comes as the reader goes on. */
export function Gallery({ pictures, counts, verbs, onRemove }: GalleryProps) {
  const t = useTranslations("image");
  const selection = useSelection();
  const [compared, setCompared] = useState<readonly [ImageView, ImageView] | null>(null);
  const { images, filter } = pictures;
  const end = useInView(pictures.showMore, pictures.nextCursor !== null);
  const places = toPlaces(images);
  const chosen = images.filter(({ id }) => selection.chosen?.has(id));
  const isFiltered = isNarrowed(filter);
  return (
    <>
      {(isFiltered || images.length > 0) && (
        <GalleryBar
          filter={filter}
          counts={counts}
          onFilter={pictures.show}
          selection={selection}
        />
      )}
      {images.length === 0 && (
        <EmptyState
          icon={<ImageIcon size={24} strokeWidth={1.75} aria-hidden />}
          text={t(toEmptyKey(filter))}
        />
      )}
      <div className="grid gap-6 pt-4" aria-busy={pictures.isLoading}>
        {toBatches(images).map((batch) => (
          <BatchSection key={batch.key} batch={batch} onCancel={(ids) => void pictures.cancel(ids)}>
            {batch.images.map((image) => (
              <ImageCard
                key={image.id}
                image={image}
                place={places.get(image.id) ?? null}
                verbs={verbs}
                chosen={selection.chosen}
                onChoose={selection.toggle}
              />
            ))}
          </BatchSection>
        ))}
      </div>
      <div ref={end} className="h-px" />
      {selection.isOn && (
        <SelectionBar
          chosen={chosen}
          onFavour={(isFavourite) => pictures.setFavourite(chosen, isFavourite)}
          onCompare={setCompared}
          onDelete={() => {
            onRemove(chosen);
            selection.end();
          }}
          onEnd={selection.end}
        />
      )}
      {compared && <CompareDialog images={compared} onClose={() => setCompared(null)} />}
    </>
  );
}

/** Why there is nothing to see. */
function toEmptyKey(filter: GalleryFilter) {
  if (!isNarrowed(filter)) return "empty";
  const isGroupAlone = !isNarrowed({ ...filter, group: "all" });
  return isGroupAlone && filter.group !== "all"
    ? (`emptyGroup.${filter.group}` as const)
    : "nothingFound";
}

type BatchSectionProps = {
  batch: Batch;
  onCancel: (ids: string[]) => void;
  children: React.ReactNode;
};

function BatchSection({ batch, onCancel, children }: BatchSectionProps) {
  const t = useTranslations("image");
  const format = useFormatter();
  const [first] = batch.images;
  const waiting = batch.images.filter(({ status }) => status === "new");
  const made = batch.images.filter(({ status }) => status === "done").length;
  return (
    <section
      className="[contain-intrinsic-size:auto_320px] [content-visibility:auto]"
      aria-label={first?.prompt}
    >
      {batch.isSeries && first && (
        <header className="mb-2 flex min-h-7 items-center gap-2 text-12 text-muted">
          <span className="shrink-0 font-mono">
            {format.dateTime(new Date(first.createdAt), { dateStyle: "short", timeStyle: "short" })}
          </span>
          <span className="min-w-0 flex-1 truncate text-13 text-ink">{first.prompt}</span>
          <span className="shrink-0 max-sm:hidden">
            <span className="font-mono">{first.model.split("/").at(-1)}</span>
            {` · ${t("made_of", { made, count: batch.images.length })}`}
          </span>
          {first.gridId && (
            <Link
              href={`/images/grids/${first.gridId}`}
              className={buttonClasses("outlined", "compact")}
            >
              {t("gridOpen")}
            </Link>
          )}
          {waiting.length > 0 && (
            <Button size="compact" onClick={() => onCancel(waiting.map(({ id }) => id))}>
              {t("cancelRest")}
            </Button>
          )}
        </header>
      )}
      <ul
        className="grid grid-cols-2 items-start gap-3 lg:grid-cols-3 xl:grid-cols-4"
        aria-label={t("gallery")}
      >
        {children}
      </ul>
    </section>
  );
}
