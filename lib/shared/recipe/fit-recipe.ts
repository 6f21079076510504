import {
  IMAGE_PARAMS,
  type ImageParameters,
  type ImageParamKey,
  PROMPT_MAX_LENGTH,
  parseSize,
} from "../image-params";
import { lorasSchema } from "../loras";
import { imageLimitsOf } from "../models/families";
import type { ImageLimits } from "../models/family";
import type { FoundRecipe } from "./found-recipe";

/** What becomes of one value of a found recipe. */
type RecipeNote = {
  /** A parameter of ours, `model`, `prompt`, or the name of what we have no parameter for. */
  field: string;
  found: string;
  /** Null = it is not used. */
  used: string | null;
};

export type FittedRecipe = {
  model: string;
  prompt: string | null;
  parameters: ImageParameters;
  notes: RecipeNote[];
};

const cut = (text: string) => text.slice(0, PROMPT_MAX_LENGTH);

/** The nearest size of the same shape that the family takes; null for what is no size. */
function fitSize(size: string, { minSide, maxSide, sideStep }: ImageLimits): string | null {
  const sides = parseSize(size);
  if (!sides || sides.width === 0 || sides.height === 0) return null;
  const { width, height } = sides;
  const shrink = Math.min(1, maxSide / Math.max(width, height));
  const grow = Math.max(shrink, minSide / Math.min(width, height));
  const toSide = (side: number) => {
    const stepped = grow === 1 ? side : Math.round((side * grow) / sideStep) * sideStep;
    return Math.min(maxSide, Math.max(minSide, stepped));
  };
  return `${toSide(width)}x${toSide(height)}`;
}

function fitNumber(key: "steps" | "guidance" | "seed", value: number): number | null {
  const row = IMAGE_PARAMS.find((param) => param.key === key);
  if (row?.type !== "integer" && row?.type !== "decimal") return null;
  const isInside = value >= row.min && value <= row.max;
  // Another seed would be another picture.
  if (key === "seed") return isInside && Number.isInteger(value) ? value : null;
  const near = Math.min(row.max, Math.max(row.min, value));
  return row.type === "integer" ? Math.round(near) : near;
}

type Fitters = {
  [K in ImageParamKey]: (
    value: NonNullable<ImageParameters[K]>,
    limits: ImageLimits,
  ) => ImageParameters[K] | null;
};

const FITTERS: Fitters = {
  negativePrompt: cut,
  size: fitSize,
  steps: (value) => fitNumber("steps", value),
  guidance: (value) => fitNumber("guidance", value),
  seed: (value) => fitNumber("seed", value),
  loras: (loras, { maxLoras }) =>
    lorasSchema.safeParse(loras).success && loras.length <= maxLoras ? loras : null,
};

const toText = (value: unknown) =>
  Array.isArray(value) ? value.map(({ id, weight }) => `${id} ${weight}`).join(", ") : `${value}`;

/** One value as a family takes it; null where it does not. */
function fitValue<K extends ImageParamKey>(key: K, found: FoundRecipe, limits: ImageLimits) {
  const value = found[key] as ImageParameters[K];
  const ignored: readonly string[] = limits.without;
  if (value === undefined || ignored.includes(key)) return null;
  return FITTERS[key](value, limits);
}

function toNote(field: string, found: unknown, used: unknown): RecipeNote {
  const isUsed = used !== null && used !== undefined;
  return { field, found: toText(found), used: isUsed ? toText(used) : null };
}

/**
 * The values of a found recipe as a model takes them, each with a note of what became of it. A model
 * that cannot be used leaves `current` in its place.
 */
export function fitRecipe(
  found: FoundRecipe,
  current: string,
  canUse: (model: string) => boolean,
): FittedRecipe {
  const wanted = found.model !== undefined && canUse(found.model) ? found.model : null;
  const model = wanted ?? current;
  const limits = imageLimitsOf(model);
  const prompt = found.prompt === undefined ? null : cut(found.prompt);
  const fitted = IMAGE_PARAMS.filter(({ key }) => found[key] !== undefined).map(({ key }) => ({
    key,
    value: fitValue(key, found, limits),
  }));
  const used = fitted.filter(({ value }) => value !== null && value !== undefined);
  return {
    model,
    prompt,
    parameters: Object.fromEntries(used.map(({ key, value }) => [key, value])),
    notes: [
      ...(found.model ? [toNote("model", found.model, wanted)] : []),
      ...(found.prompt ? [toNote("prompt", found.prompt, prompt)] : []),
      ...fitted.map(({ key, value }) => toNote(key, found[key], value)),
      ...Object.entries(found.others).map(([name, value]) => toNote(name, value, null)),
    ],
  };
}
