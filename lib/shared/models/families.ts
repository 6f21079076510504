import type { FieldFault } from "../errors";
import { type ImageParameters, parseSize } from "../image-params";
import { MAX_LORAS } from "../loras";
import type { ImageLimits, ModelFamily, ModelKind } from "./family";
import { flux } from "./flux";
import { embedding } from "./not-for-people";
import { qwen3, qwen35, qwenCoder, qwenTwins, qwenVl } from "./qwen";
import { qwenImage, qwenImageEdit } from "./qwen-image";
import { deepSeek, deepSeekR1, deepSeekVision, stepFun, templateChat } from "./reasoning-chat";
import { stableDiffusion } from "./stable-diffusion";
import { zImage } from "./z-image";

/** First match wins. */
const FAMILIES: readonly ModelFamily[] = [
  embedding,
  qwenImageEdit,
  qwenImage,
  zImage,
  flux,
  stableDiffusion,
  qwen35,
  qwenTwins,
  qwenCoder,
  qwenVl,
  qwen3,
  deepSeekVision,
  deepSeekR1,
  deepSeek,
  templateChat,
  stepFun,
];

/** The family of a ModelScope id, or null for an id that no family claims. */
export function findFamily(model: string): ModelFamily | null {
  return FAMILIES.find((family) => family.ids.test(model)) ?? null;
}

/** What an id is good for; an unknown id is taken for a chat model. */
export function kindsOf(model: string): readonly ModelKind[] {
  return findFamily(model)?.kinds ?? ["chat"];
}

/** Bounds for ids of no known family: the widest that ModelScope documents. */
const WIDEST: ImageLimits = {
  minSide: 64,
  maxSide: 2048,
  sideStep: 1,
  defaultSize: "1024x1024",
  without: [],
  maxLoras: MAX_LORAS,
  maxInputs: 3,
  usualSeconds: 15,
};

/** The picture bounds of an id. */
export function imageLimitsOf(model: string): ImageLimits {
  return findFamily(model)?.image ?? WIDEST;
}

/**
 * Why an id cannot make a picture from text and this many input pictures, or null. An id of no family
 * is taken at its word: new models appear before this table knows them.
 */
export function findModelFault(model: string, inputCount = 0): FieldFault | null {
  const family = findFamily(model);
  if (!family) return null;
  const { kinds, image } = family;
  const max = image?.maxInputs ?? 0;
  if (kinds.includes("edit") && inputCount === 0) return { key: "modelNeedsPicture" };
  if (!kinds.includes("image") && !kinds.includes("edit")) return { key: "modelNotImage" };
  if (inputCount <= max) return null;
  return max === 0 ? { key: "modelTakesNoPicture" } : { key: "countMax", values: { max } };
}

/** What of `parameters` this model would refuse, by field; empty where all is accepted. */
export function findImageFaults(
  model: string,
  parameters: ImageParameters,
): Record<string, FieldFault> {
  const { minSide, maxSide } = imageLimitsOf(model);
  const size = parameters.size === undefined ? null : parseSize(parameters.size);
  const isOutside = (side: number) => side < minSide || side > maxSide;
  if (size && (isOutside(size.width) || isOutside(size.height))) {
    return { size: { key: "sizeRange", values: { min: minSide, max: maxSide } } };
  }
  return {};
}

/** `parameters` without those that have no effect on this model. */
export function withoutIgnored(model: string, parameters: ImageParameters): ImageParameters {
  const ignored = new Set<string>(imageLimitsOf(model).without);
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => !ignored.has(key)));
}
