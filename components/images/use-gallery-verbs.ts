"use client";

import { useTranslations } from "next-intl";
import { flushSync } from "react-dom";
import { openApi, sendApi } from "@/lib/client/api";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_EDIT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { ImageView } from "@/lib/shared/schemas/image";
import type { ModelList } from "@/lib/shared/schemas/model";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { useToast } from "../ui/toast";
import type { CardVerbs } from "./card-actions";
import type { FormSheet } from "./use-form-sheet";
import { axisKeysOf, type GridOrder } from "./use-grid-plan";
import type { ImageOrder } from "./use-image-order";
import type { Gallery } from "./use-images";

type GalleryVerbsOptions = {
  pictures: Gallery;
  order: ImageOrder;
  grid: GridOrder;
  sheet: FormSheet;
  /** Models that edit pictures. */
  edits: ModelList;
  setSharing: (image: ImageView) => void;
};

/** What can be done with the pictures of the gallery. */
export function useGalleryVerbs(options: GalleryVerbsOptions) {
  const { pictures, order, grid, sheet, edits, setSharing } = options;
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const toast = useToast();
  const deleteLater = useDelayedDelete((ids) =>
    sendApi("/api/images", { method: "DELETE", body: { ids: ids.split(" ") } }).then(
      pictures.noteDeletion,
    ),
  );

  const remove = (images: readonly ImageView[]) => {
    if (images.length === 0) return;
    const ids = images.map(({ id }) => id);
    pictures.hide(new Set(ids));
    const undo = deleteLater(ids.join(" "));
    const run = () => {
      undo();
      pictures.restore(images);
    };
    const text = t("deletedMany", { count: images.length });
    toast({ text, action: { label: tCommon("undo"), run } });
  };

  const edit = async (image: ImageView) => {
    const file = await openApi(`/api/images/${image.id}/file`)
      .then((response) => response.blob())
      .catch(() => null);
    if (!file) return toast({ text: t("notRead") });
    order.change({ model: chooseModel(edits, DEFAULT_EDIT_MODEL), prompt: "" });
    return order.inputs.begin([new File([file], image.id, { type: file.type })]);
  };

  /** Says that the form was filled, and gives back what stood there. */
  const fill = (next: Parameters<typeof order.change>[0]) => {
    const before = order.draft;
    order.change(next);
    const run = () => order.setDraft(before);
    toast({ text: t("filled"), action: { label: tCommon("undo"), run } });
  };

  const reuse = (image: ImageView, which: "same" | "new") => {
    const { model, prompt, parameters, usedSeed } = image;
    const { seed: asked, ...rest } = parameters;
    const seed = which === "same" ? (asked ?? usedSeed) : null;
    fill({
      model,
      prompt,
      parameters: seed === null || seed === undefined ? rest : { ...rest, seed },
    });
  };

  const verbs: CardVerbs = {
    share: setSharing,
    remove: (image) => remove([image]),
    cancel: ({ id }) => void pictures.cancel([id]),
    check: ({ id }) => {
      toast({ text: t("checking") });
      void pictures.check(id);
    },
    miss: ({ id }) => void pictures.refresh(id),
    favour: (image) => pictures.setFavourite([image], !image.isFavourite),
    edit: (image) => void edit(image),
    reuse,
    vary: (image) => {
      reuse(image, "same");
      // The seed stays, so that the pictures differ by this one value.
      flushSync(() => grid.vary(axisKeysOf(image.model).find((key) => key !== "seed") ?? "seed"));
      sheet.openAt("grid-x");
    },
  };

  return { verbs, remove };
}
