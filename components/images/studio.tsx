"use client";

import { CircleSlash, CodeXml } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { cn } from "@/lib/shared/cn";
import type { FoundRecipe } from "@/lib/shared/recipe/found-recipe";
import type { ImageCounts, ImageList, ImageView } from "@/lib/shared/schemas/image";
import { PageBar } from "../layout/page-bar";
import { IconButton } from "../ui/icon-button";
import { Notice } from "../ui/notice";
import { useToast } from "../ui/toast";
import { CodeDialog } from "./code-dialog";
import { toRecipeDropHandlers } from "./drop-for-recipe";
import { Gallery } from "./gallery";
import { ImageForm } from "./image-form";
import type { ImageLists } from "./image-lists";
import { RecipeDialog } from "./recipe-dialog";
import { ShareDialog } from "./share-dialog";
import { useFormSheet } from "./use-form-sheet";
import { useGalleryVerbs } from "./use-gallery-verbs";
import { useGridPlan } from "./use-grid-plan";
import { useImageCounts } from "./use-image-counts";
import { useImageOrder } from "./use-image-order";
import { useImages } from "./use-images";
import { useKeptPlace } from "./use-kept-place";
import { toDraft, useRecipeReader } from "./use-recipe-reader";

type StudioProps = {
  /** Of whom, for what the gallery remembers. */
  initial: { list: ImageList; counts: ImageCounts; owner: string };
  lists: ImageLists;
  model: string;
  hasToken: boolean;
  helpPrice: number | null;
  loras: readonly string[];
  /** Where calls go, for code samples. */
  origin: string;
  /** What the form begins with: of a link that led here, or of an own picture. */
  recipe: FoundRecipe | null;
  /** It was to begin with values that are gone. */
  isRecipeGone: boolean;
};

/** The form at the left, the gallery at the right; one below the other on phones. */
export function Studio({
  initial,
  lists,
  model,
  origin,
  recipe: first,
  isRecipeGone,
  ...form
}: StudioProps) {
  const t = useTranslations("image");
  const tCode = useTranslations("code");
  const pictures = useImages(initial);
  const box = useRef<HTMLElement>(null);
  // At the top it is said what is gone.
  const { owner } = initial;
  useKeptPlace(box, { owner, shown: pictures.shown, isRestored: !isRecipeGone });
  const counts = useImageCounts(initial.counts, pictures);
  const recipe = useRecipeReader([lists.image, lists.edit], model, first);
  const order = useImageOrder(
    { model, prompt: "", parameters: {}, count: 1, lockSeed: false, ...recipe.given },
    recipe.given !== null,
    pictures.create,
  );
  const grid = useGridPlan(order, lists);
  const sheet = useFormSheet();
  const [sharing, setSharing] = useState<ImageView | null>(null);
  const [showsCode, setShowsCode] = useState(false);
  const { verbs, remove } = useGalleryVerbs({
    pictures,
    order,
    grid,
    sheet,
    edits: lists.edit,
    setSharing,
  });
  const toast = useToast();
  const readFile = (file: File | undefined) =>
    void recipe
      .read(file, order.draft.model)
      .then((isRead) => isRead || toast({ text: t("recipeNone") }));

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
          "flex min-h-0 flex-1 max-md:flex-col-reverse",
          order.inputs.isOver && "outline-2 -outline-offset-8 outline-dashed outline-signal",
        )}
        // Where pictures are edited a dropped one is edited; else it is asked how it was made.
        {...(order.takesInputs ? order.inputs.dropHandlers : toRecipeDropHandlers(readFile))}
      >
        <section
          aria-label={t("form")}
          className="flex w-(--form) shrink-0 flex-col border-r border-hair bg-panel max-md:max-h-[88%] max-md:w-full max-md:rounded-t-10 max-md:border-t max-md:border-r-0 max-md:shadow-2"
        >
          <ImageForm
            lists={lists}
            order={order}
            grid={grid}
            sheet={sheet}
            onRead={readFile}
            {...form}
          />
        </section>
        <main
          ref={box}
          className="min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface p-5 max-sm:p-4"
        >
          {isRecipeGone && (
            <div className="mb-4">
              <Notice
                tone="plain"
                icon={<CircleSlash size={16} strokeWidth={1.75} aria-hidden />}
                title={t("recipeGone")}
              />
            </div>
          )}
          <Gallery pictures={pictures} counts={counts} verbs={verbs} onRemove={remove} />
        </main>
      </div>
      {recipe.found && (
        <RecipeDialog
          recipe={recipe.found}
          onClose={recipe.forget}
          onUse={() => {
            if (recipe.found) order.change(toDraft(recipe.found.fitted));
            recipe.forget();
          }}
        />
      )}
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
