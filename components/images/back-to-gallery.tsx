"use client";

import { useTranslations } from "next-intl";
import { BackLink } from "../layout/back-link";
import { isGalleryBehind } from "./kept-gallery";
import { GALLERY, useWayBack } from "./use-way-back";

/** From a picture to the gallery it was opened from. */
export function BackToGallery() {
  const t = useTranslations("image");
  const goBack = useWayBack();
  return (
    <BackLink
      href={GALLERY}
      label={t("back")}
      onClick={(event) => {
        const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey);
        if (!isPlain || !isGalleryBehind()) return;
        event.preventDefault();
        goBack();
      }}
    />
  );
}
