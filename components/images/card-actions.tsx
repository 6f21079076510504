"use client";

import { Brush, Dices, Download, Grid3x3, Repeat2, Share2, Star, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ImageView } from "@/lib/shared/schemas/image";
import { IconButton } from "../ui/icon-button";
import { Menu } from "../ui/menu";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What can be done with one picture. */
export type CardVerbs = {
  share: (image: ImageView) => void;
  remove: (image: ImageView) => void;
  cancel: (image: ImageView) => void;
  check: (image: ImageView) => void;
  favour: (image: ImageView) => void;
  /** Its file is not there: looks what became of it. */
  miss: (image: ImageView) => void;
  /** Puts its values into the form. */
  reuse: (image: ImageView, seed: "same" | "new") => void;
  /** Puts its values into the form, one of them to be varied. */
  vary: (image: ImageView) => void;
  /** Makes it the picture that an edit begins with. */
  edit: (image: ImageView) => void;
};

type CardActionsProps = { image: ImageView; verbs: CardVerbs };

/** What can be done with a finished picture: over it with a mouse, below it on touch. */
export function CardActions({ image, verbs }: CardActionsProps) {
  const t = useTranslations("image");
  return (
    <>
      <a
        href={`/api/images/${image.id}/file?format=${image.mediaType?.replace("image/", "") ?? "png"}`}
        download
        aria-label={t("download")}
        title={t("download")}
        className="inline-grid size-7 shrink-0 place-items-center rounded-4 text-muted hover:bg-hover hover:text-ink max-sm:size-9"
      >
        <Download {...ICON} />
      </a>
      <IconButton
        label={t("sameSeed")}
        onClick={() => verbs.reuse(image, "same")}
        className="max-sm:size-9!"
      >
        <Repeat2 {...ICON} />
      </IconButton>
      <IconButton
        label={t("newSeed")}
        onClick={() => verbs.reuse(image, "new")}
        className="max-sm:size-9!"
      >
        <Dices {...ICON} />
      </IconButton>
      <IconButton label={t("share")} onClick={() => verbs.share(image)} className="max-sm:size-9!">
        <Share2 {...ICON} />
      </IconButton>
      <Menu
        label={t("actions")}
        className="ml-auto max-sm:size-9!"
        items={[
          {
            key: "favour",
            label: t(image.isFavourite ? "unfavour" : "favour"),
            icon: <Star {...ICON} />,
            run: () => verbs.favour(image),
          },
          {
            key: "vary",
            label: t("vary"),
            icon: <Grid3x3 {...ICON} />,
            run: () => verbs.vary(image),
          },
          {
            key: "edit",
            label: t("editThis"),
            icon: <Brush {...ICON} />,
            run: () => verbs.edit(image),
          },
          {
            key: "delete",
            label: t("delete"),
            icon: <Trash2 {...ICON} />,
            isDanger: true,
            run: () => verbs.remove(image),
          },
        ]}
      />
    </>
  );
}
