"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import type { ImageView } from "@/lib/shared/schemas/image";
import { PlainImage } from "../ui/plain-image";
import { CompareSlider } from "./compare-slider";
import { type Neighbours, toNeighbours } from "./kept-gallery";
import { useViewerKeys } from "./use-viewer-keys";

type ViewerProps = {
  image: ImageView;
  neighbours: Neighbours;
  /** The finished pictures of the same click, this one among them. */
  batch: readonly ImageView[];
};

/** One picture as large as there is room, with the way to the next and the others of its click. */
export function Viewer({ image, neighbours, batch }: ViewerProps) {
  const t = useTranslations("image");
  const picture = useRef<HTMLImageElement>(null);
  // Where the gallery was filtered, the way goes through what it showed.
  const { newerId, olderId } = toNeighbours(image.id, neighbours);
  useViewerKeys(
    { newerId, olderId },
    useCallback(() => picture.current, []),
  );
  // The first picture that went in; an edit is seen against it.
  const [source] = image.uploads;
  const shown = {
    src: `/api/images/${image.id}/file`,
    alt: image.prompt,
    width: image.width ?? undefined,
    height: image.height ?? undefined,
  };
  return (
    <main className="grid min-h-0 min-w-0 flex-1 grid-rows-[minmax(0,1fr)_auto] bg-well max-md:flex-none max-md:grid-rows-none">
      <div className="relative grid place-items-center p-6 max-sm:p-3 md:min-h-0">
        {source ? (
          <CompareSlider
            key={image.id}
            pictureRef={picture}
            label={t("compareNeedle")}
            before={{ src: `/api/uploads/${source}/file`, alt: "", label: t("before") }}
            after={{ ...shown, label: t("after") }}
            className="md:max-h-[calc(100dvh-11rem)]"
          />
        ) : (
          <PlainImage
            ref={picture}
            {...shown}
            className="h-auto w-auto max-w-full rounded-6 object-contain md:max-h-[calc(100dvh-11rem)]"
          />
        )}
        {newerId && <Step id={newerId} label={t("newer")} isLeft />}
        {olderId && <Step id={olderId} label={t("older")} />}
      </div>
      {batch.length > 1 && (
        <ul className="flex justify-center gap-2 overflow-x-auto p-3" aria-label={t("sameClick")}>
          {batch.map((one) => (
            <li key={one.id}>
              <Link
                href={`/images/${one.id}`}
                replace
                aria-current={one.id === image.id ? "page" : undefined}
                aria-label={`seed ${one.usedSeed ?? one.parameters.seed ?? ""}`}
                className="block overflow-hidden rounded-4 aria-[current]:outline-2 aria-[current]:outline-signal"
              >
                <PlainImage
                  src={`/api/images/${one.id}/thumb`}
                  alt=""
                  className="size-14 object-cover"
                />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}

type StepProps = { id: string; label: string; isLeft?: boolean };

function Step({ id, label, isLeft = false }: StepProps) {
  const Icon = isLeft ? ChevronLeft : ChevronRight;
  return (
    <Link
      href={`/images/${id}`}
      replace
      aria-label={label}
      title={label}
      className={`absolute top-1/2 grid size-9 -translate-y-1/2 place-items-center rounded-4 bg-raised text-ink shadow-1 hover:bg-hover max-sm:size-11 ${isLeft ? "left-2" : "right-2"}`}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden />
    </Link>
  );
}
