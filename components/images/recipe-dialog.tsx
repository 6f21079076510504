"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { IMAGE_PARAMS } from "@/lib/shared/image-params";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import type { ReadRecipe } from "./use-recipe-reader";

type RecipeDialogProps = { recipe: ReadRecipe; onUse: () => void; onClose: () => void };

const OURS: readonly string[] = ["model", "prompt", ...IMAGE_PARAMS.map(({ key }) => key)];

/** What was read of a picture, value by value: taken, changed to fit, or left out; nothing is used unasked. */
export function RecipeDialog({ recipe, onUse, onClose }: RecipeDialogProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const { notes } = recipe.fitted;
  return (
    <Dialog
      title={t(recipe.fileName === null ? "sharedRecipe" : "readRecipe")}
      closeLabel={tCommon("close")}
      onClose={onClose}
      isWide
    >
      <div className="grid gap-4 px-5 pb-5">
        {recipe.fileName !== null && (
          <p className="truncate text-12 text-muted">{recipe.fileName}</p>
        )}
        <dl className="max-h-[50dvh] divide-y divide-hair overflow-y-auto rounded-6 border border-hair text-13">
          {notes.map(({ field, found, used }) => (
            <div key={field} className="flex gap-3 px-3.5 py-2">
              <dt className="w-28 shrink-0 truncate text-muted">
                {OURS.includes(field) ? t(field as "prompt") : field}
              </dt>
              <dd className="min-w-0 flex-1">
                <span
                  className={cn(
                    "line-clamp-3 whitespace-pre-wrap",
                    used === null ? "text-muted line-through" : "text-ink",
                  )}
                >
                  {used ?? found}
                </span>
                {used === null && <span className="text-12 text-muted">{t("recipeLeft")}</span>}
                {used !== null && used !== found && (
                  <span className="block truncate text-12 text-warn">
                    {t("recipeChanged", { found: found.slice(0, 80) })}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <p className="text-12 text-muted">{t("recipeOverwrites")}</p>
        <div className="flex justify-end gap-2">
          <Button tone="quiet" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button tone="solid" onClick={onUse}>
            {t("recipeUse")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
