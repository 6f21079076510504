"use client";

import { CodeXml } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { openApi, sendApi } from "@/lib/client/api";
import { cn } from "@/lib/shared/cn";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_EDIT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { ImageCounts, ImageList, ImageView } from "@/lib/shared/schemas/image";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { PageBar } from "../layout/page-bar";
import { IconButton } from "../ui/icon-button";
import { useToast } from "../ui/toast";
import type { CardVerbs } from "./card-actions";
import { CodeDialog } from "./code-dialog";
import { Gallery } from "./gallery";
import { ImageForm, type ImageLists } from "./image-form";
import { ShareDialog } from "./share-dialog";
import { useImageCounts } from "./use-image-counts";
import { useImageOrder } from "./use-image-order";
import { useImages } from "./use-images";

type StudioProps = {
  initial: { list: ImageList; counts: ImageCounts };
  lists: ImageLists;
  model: string;
  hasToken: boolean;
  helpPrice: number | null;
  loras: readonly string[];
  /** Where calls go, for code samples. */
  origin: string;
};

/** The form at the left, the gallery at the right; one below the other on phones. */
export function Studio({ initial, lists, model, origin, ...form }: StudioProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const tCode = useTranslations("code");
  const pictures = useImages(initial.list);
  const counts = useImageCounts(initial.counts, pictures.images);
  const order = useImageOrder(
    { model, prompt: "", parameters: {}, count: 1, lockSeed: false },
    pictures.create,
  );
  const [sharing, setSharing] = useState<ImageView | null>(null);
  const [showsCode, setShowsCode] = useState(false);
  const toast = useToast();
  const deleteLater = useDelayedDelete((ids) =>
    sendApi("/api/images", { method: "DELETE", body: { ids: ids.split(" ") } }),
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
    order.change({ model: chooseModel(lists.edit, DEFAULT_EDIT_MODEL), prompt: "" });
    return order.inputs.begin([new File([file], image.id, { type: file.type })]);
  };

  const verbs: CardVerbs = {
    share: setSharing,
    remove: (image) => remove([image]),
    cancel: ({ id }) => void pictures.cancel([id]),
    check: ({ id }) => void pictures.check(id),
    favour: (image) => pictures.setFavourite([image], !image.isFavourite),
    edit: (image) => void edit(image),
    reuse: ({ model: used, prompt, parameters, usedSeed }, which) => {
      const { seed: asked, ...rest } = parameters;
      const seed = which === "same" ? (asked ?? usedSeed) : null;
      order.change({
        model: used,
        prompt,
        parameters: seed === null || seed === undefined ? rest : { ...rest, seed },
      });
    },
  };

  return (
    <>
      <PageBar
        title={t("title")}
        end={
          <IconButton label={tCode("title")} onClick={() => setShowsCode(true)}>
            <CodeXml size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        }
      />
      <div
        className={cn(
          "flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto",
          order.inputs.isOver && "outline-2 -outline-offset-8 outline-dashed outline-signal",
        )}
        {...order.inputs.dropHandlers}
      >
        <section
          aria-label={t("form")}
          className="flex w-(--form) shrink-0 flex-col border-r border-hair bg-panel max-md:w-full max-md:border-r-0 max-md:border-b"
        >
          <ImageForm lists={lists} order={order} {...form} />
        </section>
        <main className="min-w-0 flex-1 bg-surface p-5 max-sm:p-4 md:overflow-y-auto">
          <Gallery pictures={pictures} counts={counts} verbs={verbs} onRemove={remove} />
        </main>
      </div>
      {sharing && (
        <ShareDialog
          imageId={sharing.id}
          onClose={() => {
            setSharing(null);
            void pictures.refresh(sharing.id);
          }}
        />
      )}
      {showsCode && (
        <CodeDialog
          draft={order.draft}
          inputCount={order.takesInputs ? Math.max(1, order.inputs.items.length) : 0}
          origin={origin}
          onClose={() => setShowsCode(false)}
        />
      )}
    </>
  );
}
