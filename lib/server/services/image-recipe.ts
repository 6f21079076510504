import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { ImageParameters } from "@/lib/shared/image-params";
import type { FoundRecipe } from "@/lib/shared/recipe/found-recipe";
import { findImage } from "../db/images";
import { toParameters } from "./image-view";
import { visitShare } from "./share-visit";

type Told = {
  prompt?: string | undefined;
  model?: string | undefined;
  parameters: ImageParameters;
  usedSeed: number | null;
};

/** A recipe whose picture comes out again: the seed that ModelScope took counts as asked for. */
function toRecipe({ prompt, model, parameters, usedSeed }: Told): FoundRecipe {
  return {
    source: "ours",
    ...(prompt !== undefined && { prompt }),
    ...(model !== undefined && { model }),
    ...(usedSeed !== null && { seed: usedSeed }),
    ...parameters,
    others: {},
  };
}

/** The recipe of a picture of the caller's; null where there is none. */
export async function findOwnRecipe({ userId }: Actor, id: string): Promise<FoundRecipe | null> {
  const row = await findImage(userId, id);
  return row && toRecipe({ ...row, parameters: toParameters(row.parameters) });
}

/** What a signed-in visitor of a shared picture takes along: the parts that its owner shows. */
export async function findSharedRecipe(address: {
  slug: string;
  pass?: string | undefined;
}): Promise<FoundRecipe | null> {
  const visit = await visitShare(address, false);
  if (!visit?.isOpen) return null;
  const { words, settings } = visit.share;
  return toRecipe({
    prompt: words?.prompt,
    model: settings?.model,
    parameters: {
      ...settings?.parameters,
      ...(words?.negativePrompt && { negativePrompt: words.negativePrompt }),
    },
    usedSeed: settings?.usedSeed ?? null,
  });
}
