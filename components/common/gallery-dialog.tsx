"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { ImageView } from "@/lib/shared/schemas/image";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { PlainImage } from "../ui/plain-image";
import { Skeleton } from "../ui/skeleton";
import { ErrorNotice } from "./error-notice";
import { useGallery } from "./use-gallery";

type GalleryDialogProps = {
  /** How many may be picked. */
  max: number;
  onPick: (files: File[]) => void;
  onClose: () => void;
};

/** Picks pictures that were made here; they are handed over as files, like those of the device. */
export function GalleryDialog({ max, onPick, onClose }: GalleryDialogProps) {
  const t = useTranslations("gallery");
  const { images, picked, fault, isFetching, isLoaded, ...gallery } = useGallery(max);
  const pick = async () => {
    const files = await gallery.fetchPicked();
    if (files) onPick(files);
  };
  return (
    <Dialog title={t("title")} closeLabel={t("close")} onClose={onClose} isWide>
      <div className="max-h-[60dvh] min-h-40 overflow-y-auto px-5">
        {isLoaded && images.length === 0 && gallery.nextCursor === null && (
          <p className="py-10 text-center text-13 text-muted">{t("empty")}</p>
        )}
        {!isLoaded && !fault && <Skeleton className="h-32" />}
        <ul className="grid grid-cols-4 gap-2 max-sm:grid-cols-2">
          {images.map((image) => (
            <Picture
              key={image.id}
              image={image}
              isPicked={picked.includes(image.id)}
              isOff={gallery.isFull && !picked.includes(image.id)}
              onToggle={() => gallery.toggle(image.id)}
            />
          ))}
        </ul>
        {gallery.nextCursor !== null && (
          <Button onClick={gallery.showMore} className="my-3">
            {t("more")}
          </Button>
        )}
      </div>
      <footer className="grid gap-3 px-5 py-4">
        {fault && <ErrorNotice code={fault.code} id={fault.id} />}
        <Button
          tone="solid"
          disabled={picked.length === 0 || isFetching}
          onClick={() => void pick()}
          className="justify-self-end"
        >
          {t("add", { count: picked.length })}
        </Button>
      </footer>
    </Dialog>
  );
}

type PictureProps = { image: ImageView; isPicked: boolean; isOff: boolean; onToggle: () => void };

function Picture({ image, isPicked, isOff, onToggle }: PictureProps) {
  return (
    <li>
      <button
        type="button"
        aria-pressed={isPicked}
        disabled={isOff}
        onClick={onToggle}
        title={image.prompt}
        className={cn(
          "relative block aspect-square w-full overflow-hidden rounded-6 bg-well",
          isOff ? "opacity-40" : "cursor-pointer",
          isPicked && "outline-2 -outline-offset-2 outline-signal",
        )}
      >
        <PlainImage
          src={`/api/images/${image.id}/thumb`}
          alt={image.prompt}
          loading="lazy"
          className="size-full object-cover"
        />
        {isPicked && (
          <span className="absolute top-1.5 right-1.5 grid size-5 place-items-center rounded-4 bg-solid text-on-solid">
            <Check size={14} strokeWidth={1.75} aria-hidden />
          </span>
        )}
      </button>
    </li>
  );
}
