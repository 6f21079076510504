"use client";

import { useEffect, useState } from "react";
import { type FittedRecipe, fitRecipe } from "@/lib/shared/recipe/fit-recipe";
import type { FoundRecipe } from "@/lib/shared/recipe/found-recipe";
import { readRecipe } from "@/lib/shared/recipe/read-recipe";
import type { ModelList } from "@/lib/shared/schemas/model";

/** `fileName` is null for a recipe that came by a link. */
export type ReadRecipe = { fileName: string | null; fitted: FittedRecipe };

/** What a page began with; coming back to it by history it is what was made of it since that counts. */
const taken = new WeakSet<FoundRecipe>();

const MAX_BYTES = 50_000_000;

/** What a recipe puts into the form. */
export function toDraft({ model, prompt, parameters }: FittedRecipe) {
  return { model, parameters, ...(prompt !== null && { prompt }) };
}

const isWhole = ({ notes }: FittedRecipe) => notes.every(({ found, used }) => found === used);

/**
 * Reads how a picture was made out of its file, in this browser; nothing is uploaded. A recipe that
 * came by a link and fits as a whole is `given`; else it is asked for like one of a file.
 */
export function useRecipeReader(
  lists: readonly ModelList[],
  firstModel: string,
  shared: FoundRecipe | null,
) {
  const canUse = (model: string) =>
    lists.some(({ models }) => models.some(({ id, state }) => id === model && state === "listed"));
  const [first] = useState(() =>
    shared && !taken.has(shared) ? fitRecipe(shared, firstModel, canUse) : null,
  );
  const isGiven = first !== null && isWhole(first);
  useEffect(() => {
    if (!shared || !isGiven) return;
    taken.add(shared);
    // A reload goes on with what is in the form.
    window.history.replaceState(null, "", window.location.pathname);
  }, [shared, isGiven]);
  const [found, setFound] = useState<ReadRecipe | null>(
    first && !isGiven ? { fileName: null, fitted: first } : null,
  );
  return {
    given: isGiven ? toDraft(first) : null,
    found,
    forget: () => setFound(null),
    /** False where the file does not say how it was made. */
    read: async (file: File | undefined, currentModel: string): Promise<boolean> => {
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
