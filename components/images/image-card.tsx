"use client";

import { Check, Star } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { cn } from "@/lib/shared/cn";
import { parseSize } from "@/lib/shared/image-params";
import { imageLimitsOf } from "@/lib/shared/models/families";
import type { ImageView } from "@/lib/shared/schemas/image";
import { PlainImage } from "../ui/plain-image";
import { Tag } from "../ui/tag";
import { CardActions, type CardVerbs } from "./card-actions";
import { CardTrouble } from "./card-trouble";
import { CardWaiting } from "./card-waiting";
import { isActive } from "./image-requests";
import { noteWay } from "./kept-gallery";

type ImageCardProps = {
  image: ImageView;
  /** How many pictures are before it; null where it does not wait. */
  place: number | null;
  verbs: CardVerbs;
  /** Null while nothing is being chosen. */
  chosen: ReadonlySet<string> | null;
  onChoose: (id: string) => void;
};

/** Width by height of the frame, true from the first moment. */
function ratioOf(image: ImageView): string {
  const asked = parseSize(image.parameters.size ?? imageLimitsOf(image.model).defaultSize);
  const width = image.width ?? asked?.width ?? 1;
  const height = image.height ?? asked?.height ?? 1;
  return `${width} / ${height}`;
}

/** One picture of the gallery in any of its states. */
export function ImageCard({ image, place, verbs, chosen, onChoose }: ImageCardProps) {
  const isDone = image.status === "done";
  return (
    <li
      className="min-w-0"
      data-status={image.status}
      data-image={image.id}
      data-testid="image-card"
    >
      <div
        className={cn(
          "group relative grid overflow-hidden rounded-6 bg-well",
          image.status === "unknown" && "hatch border border-dashed border-control",
          image.status === "failed" && "border-b-3 border-bad",
          // Words and buttons need more room than a small frame has.
          !isDone && !isActive(image) && "max-sm:aspect-auto! max-sm:min-h-40",
        )}
        style={{ aspectRatio: ratioOf(image) }}
      >
        {isDone && <Picture image={image} onMissing={() => verbs.miss(image)} />}
        {isActive(image) && <CardWaiting image={image} place={place} verbs={verbs} />}
        {!isDone && !isActive(image) && <CardTrouble image={image} verbs={verbs} />}
        {isDone && !chosen && (
          <div className="absolute inset-x-1.5 bottom-1.5 hidden rounded-4 bg-raised p-0.5 shadow-1 group-focus-within:flex group-hover:flex has-[:popover-open]:flex pointer-coarse:hidden!">
            <CardActions image={image} verbs={verbs} />
          </div>
        )}
        {chosen && <Choice image={image} isOn={chosen.has(image.id)} onChoose={onChoose} />}
      </div>
      {isDone && !chosen && (
        <div className="mt-1 hidden pointer-coarse:flex">
          <CardActions image={image} verbs={verbs} />
        </div>
      )}
      <Caption image={image} />
    </li>
  );
}

function Caption({ image }: { image: ImageView }) {
  const t = useTranslations("image");
  const seed = image.usedSeed ?? image.parameters.seed;
  const seconds = image.timeTakenMs === null ? null : (image.timeTakenMs / 1_000).toFixed(1);
  return (
    <>
      <p className="mt-1.5 truncate text-12 text-body" title={image.prompt}>
        {image.prompt}
      </p>
      <p className="flex items-center gap-2 font-mono text-12 text-muted">
        <span className="min-w-0 flex-1 truncate">
          {seed === undefined || seed === null ? t("randomSeed") : `seed ${seed}`}
          {seconds !== null && ` · ${seconds} s`}
        </span>
        {image.isFavourite && (
          <Star size={14} role="img" aria-label={t("favourite")} className="fill-warn text-warn" />
        )}
        {image.shared && <Tag tone="signal">{t("shared")}</Tag>}
      </p>
    </>
  );
}

function Picture({ image, onMissing }: { image: ImageView; onMissing: () => void }) {
  const hasAsked = useRef(false);
  const miss = () => {
    if (!hasAsked.current) onMissing();
    hasAsked.current = true;
  };
  return (
    <Link
      href={`/images/${image.id}`}
      onClick={() => noteWay(true)}
      className="absolute inset-0 focus-visible:-outline-offset-2!"
    >
      <PlainImage
        src={`/api/images/${image.id}/thumb`}
        alt={image.prompt}
        loading="lazy"
        onError={miss}
        // It may have failed before this page listened.
        ref={(element) => {
          if (element?.complete && element.naturalWidth === 0) miss();
        }}
        width={image.width ?? undefined}
        height={image.height ?? undefined}
        className="size-full object-cover"
      />
    </Link>
  );
}

type ChoiceProps = { image: ImageView; isOn: boolean; onChoose: (id: string) => void };

/** Lies over the whole card while pictures are being chosen. */
function Choice({ image, isOn, onChoose }: ChoiceProps) {
  const t = useTranslations("image");
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={t("choose", { prompt: image.prompt })}
      onClick={() => onChoose(image.id)}
      className={cn(
        "absolute inset-0 cursor-pointer focus-visible:-outline-offset-2!",
        isOn && "outline-2 -outline-offset-2 outline-signal",
      )}
    >
      <span
        className={cn(
          "absolute top-1.5 right-1.5 grid size-5 place-items-center rounded-4 border border-control",
          isOn ? "bg-solid text-on-solid" : "bg-raised",
        )}
      >
        {isOn && <Check size={14} strokeWidth={1.75} aria-hidden />}
      </span>
    </button>
  );
}
