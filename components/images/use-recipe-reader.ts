"use client";

import { useState } from "react";
import { type FittedRecipe, fitRecipe } from "@/lib/shared/recipe/fit-recipe";
import { readRecipe } from "@/lib/shared/recipe/read-recipe";
import type { ModelList } from "@/lib/shared/schemas/model";

export type ReadRecipe = { fileName: string; fitted: FittedRecipe };

const MAX_BYTES = 50_000_000;

/** Reads how a picture was made out of its file, in this browser; nothing is uploaded. */
export function useRecipeReader(lists: readonly ModelList[], currentModel: string) {
  const [found, setFound] = useState<ReadRecipe | null>(null);
  const canUse = (model: string) =>
    lists.some(({ models }) => models.some(({ id, state }) => id === model && state === "listed"));
  return {
    found,
    forget: () => setFound(null),
    /** False where the file does not say how it was made. */
    read: async (file: File | undefined): Promise<boolean> => {
      if (!file) return true;
      const isSmall = file.size <= MAX_BYTES;
      const recipe = isSmall ? await readRecipe(new Uint8Array(await file.arrayBuffer())) : null;
      if (recipe) {
        setFound({ fileName: file.name, fitted: fitRecipe(recipe, currentModel, canUse) });
      }
      return recipe !== null;
    },
  };
}
