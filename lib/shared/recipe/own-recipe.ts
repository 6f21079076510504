import { z } from "zod";
import { type ImageParameters, imageParamShape } from "../image-params";
import { parseJson } from "../parse-json";
import { writeA1111 } from "./a1111";
import type { FoundRecipe } from "./found-recipe";

/** Keyword of the chunk, and the name inside of it, by which our own recipes are known. */
export const OWN_KEY = "modelscope-playground";

const ownSchema = z.object({
  [OWN_KEY]: z.object({
    model: z.string(),
    prompt: z.string(),
    parameters: z.object(imageParamShape),
    usedSeed: z.number().nullable(),
  }),
});

type Own = {
  model: string;
  prompt: string;
  parameters: ImageParameters;
  /** What ModelScope named; it counts where no seed was asked for. */
  usedSeed: number | null;
};

/** A recipe as we keep it in a file: every value, exactly. */
export function writeOwn({ model, prompt, parameters, usedSeed }: Own): string {
  return JSON.stringify({ [OWN_KEY]: { model, prompt, parameters, usedSeed } });
}

/** What of a recipe may be told: words and model can be kept back. */
type Told = Partial<Pick<Own, "model" | "prompt">> & Pick<Own, "parameters" | "usedSeed">;

/** The same for tools that read A1111's text. */
export function writeForOthers({ model, prompt = "", parameters, usedSeed }: Told): string {
  const { negativePrompt, size, steps, guidance, loras } = parameters;
  const seed = parameters.seed ?? usedSeed ?? undefined;
  return writeA1111({
    source: "ours",
    prompt,
    ...(model !== undefined && { model }),
    ...(negativePrompt && { negativePrompt }),
    ...(size && { size }),
    ...(steps !== undefined && { steps }),
    ...(guidance !== undefined && { guidance }),
    ...(seed !== undefined && { seed }),
    ...(loras && { loras }),
  });
}

/** Reads what {@link writeOwn} wrote; null for any other text. */
export function readOwn(text: string): FoundRecipe | null {
  const own = ownSchema.safeParse(parseJson(text)).data?.[OWN_KEY];
  if (!own) return null;
  const { model, prompt, parameters, usedSeed } = own;
  const seed = parameters.seed ?? usedSeed;
  return {
    source: "ours",
    model,
    prompt,
    ...parameters,
    ...(seed !== null && { seed }),
    others: {},
  };
}
