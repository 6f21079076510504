"use client";

import { Image as ImageIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import type { ImageList, ImageView } from "@/lib/shared/schemas/image";
import type { ModelList } from "@/lib/shared/schemas/model";
import { EmptyState } from "../common/empty-state";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { ImageCard } from "./image-card";
import { ImageForm } from "./image-form";
import { ShareDialog } from "./share-dialog";
import { useImageOrder } from "./use-image-order";
import { useImages } from "./use-images";

type StudioProps = {
  initial: ImageList;
  list: ModelList;
  model: string;
  hasToken: boolean;
};

/** The form at the left, the gallery at the right; one below the other on phones. */
export function Studio({ initial, list, model, hasToken }: StudioProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const gallery = useImages(initial);
  const order = useImageOrder({ model, prompt: "", parameters: {} }, gallery.create);
  const [sharing, setSharing] = useState<string | null>(null);
  const toast = useToast();
  const remove = useDelayedDelete((id) => sendApi(`/api/images/${id}`, { method: "DELETE" }));

  const onDelete = (image: ImageView) => {
    gallery.hide(image.id);
    const undo = remove(image.id);
    toast({
      text: t("deleted"),
      action: {
        label: tCommon("undo"),
        run: () => {
          undo();
          gallery.restore(image);
        },
      },
    });
  };
  const onReuse = ({ model: used, prompt, parameters, usedSeed }: ImageView) => {
    const seed = parameters.seed ?? usedSeed ?? undefined;
    order.setDraft({
      model: used,
      prompt,
      parameters: { ...parameters, ...(seed !== undefined && { seed }) },
    });
  };

  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
      <section
        aria-label={t("form")}
        className="flex w-(--form) shrink-0 flex-col border-r border-hair bg-panel max-md:w-full max-md:border-r-0 max-md:border-b"
      >
        <ImageForm list={list} hasToken={hasToken} order={order} />
      </section>
      <main className="min-w-0 flex-1 bg-surface p-5 max-sm:p-4 md:overflow-y-auto">
        {gallery.images.length === 0 ? (
          <EmptyState
            icon={<ImageIcon size={24} strokeWidth={1.75} aria-hidden />}
            text={t("empty")}
          />
        ) : (
          <ul
            className="grid grid-cols-2 items-start gap-3 lg:grid-cols-3 xl:grid-cols-4"
            aria-label={t("gallery")}
          >
            {gallery.images.map((image) => (
              <ImageCard
                key={image.id}
                image={image}
                onShare={() => setSharing(image.id)}
                onDelete={() => onDelete(image)}
                onCancel={() => void gallery.cancel(image.id)}
                onReuse={() => onReuse(image)}
              />
            ))}
          </ul>
        )}
        {gallery.nextCursor && (
          <Button className="mx-auto mt-5 flex!" onClick={() => void gallery.showMore()}>
            {t("more")}
          </Button>
        )}
      </main>
      {sharing && <ShareDialog imageId={sharing} onClose={() => setSharing(null)} />}
    </div>
  );
}
