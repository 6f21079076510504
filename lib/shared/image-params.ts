import { z } from "zod";
import { freeText } from "./clean-text";
import { type Lora, lorasSchema, toWireLoras } from "./loras";

type NumberParam = {
  type: "integer" | "decimal";
  min: number;
  max: number;
  step: number;
  /** Where the hollow needle of an unset value stands; never sent. */
  usual?: number;
};
type ImageParam = { key: string; wire: string } & (
  | NumberParam
  | { type: "text"; maxLength: number }
  | { type: "size" }
  | { type: "loras" }
);

/**
 * One row per text-to-image parameter beside model and prompt: the schema, the form, the body sent
 * to ModelScope and the table tests are all made from it. What is unset is not sent.
 * Ranges: ModelScope's API-Inference documentation, read 2026-08. Lengths count UTF-16 units.
 */
export const IMAGE_PARAMS = [
  { key: "negativePrompt", wire: "negative_prompt", type: "text", maxLength: 1999 },
  { key: "size", wire: "size", type: "size" },
  { key: "steps", wire: "steps", type: "integer", min: 1, max: 100, step: 1, usual: 30 },
  { key: "guidance", wire: "guidance", type: "decimal", min: 1.5, max: 20, step: 0.1, usual: 3.5 },
  { key: "seed", wire: "seed", type: "integer", min: 0, max: 2_147_483_647, step: 1 },
  { key: "loras", wire: "loras", type: "loras" },
] as const satisfies readonly ImageParam[];

export const PROMPT_MAX_LENGTH = 1999;
/** The largest seed that ModelScope documents. */
export const MAX_SEED = 2_147_483_647;

type Row = (typeof IMAGE_PARAMS)[number];
export type ImageParamKey = Row["key"];
type ValueOf<Type> = Type extends "integer" | "decimal"
  ? number
  : Type extends "loras"
    ? Lora[]
    : string;
export type ImageParameters = { [R in Row as R["key"]]?: ValueOf<R["type"]> };

/** A seed counted up, beginning anew at 0 after the largest. */
export const addToSeed = (seed: number, by: number): number => (seed + by) % (MAX_SEED + 1);

const SIZE_PATTERN = /^(\d{1,5})x(\d{1,5})$/;

/** `"1152x864"` as two side lengths in pixels, or null where it is not of that form. */
export function parseSize(size: string): { width: number; height: number } | null {
  const match = SIZE_PATTERN.exec(size);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : null;
}

function toSchema(param: ImageParam): z.ZodType {
  switch (param.type) {
    case "text":
      return freeText().max(param.maxLength);
    case "size":
      return z.string().regex(SIZE_PATTERN, { error: "validation.size" });
    case "integer":
      return z.int().min(param.min).max(param.max);
    case "decimal":
      return z.number().min(param.min).max(param.max);
    case "loras":
      return lorasSchema;
  }
}

/** The keys and schemas of all rows, to be spread into a strict object. */
export const imageParamShape = Object.fromEntries(
  IMAGE_PARAMS.map((param) => [param.key, toSchema(param).optional()]),
) as { [R in Row as R["key"]]: z.ZodOptional<z.ZodType<NonNullable<ImageParameters[R["key"]]>>> };

/** The fields of ModelScope's request body for what is set. */
export function toWireParameters(parameters: ImageParameters): Record<string, WireValue> {
  const entries = IMAGE_PARAMS.flatMap(({ key, wire }) => {
    const value = parameters[key];
    if (value === undefined) return [];
    return [[wire, Array.isArray(value) ? toWireLoras(value) : value] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * The `image_url` field: an address as a string, several or data URLs as an array, as the samples of
 * ModelScope's documentation have it (2026-08).
 */
export function toWireInputs(urls: readonly string[]): string | readonly string[] {
  const [first] = urls;
  return first !== undefined && urls.length === 1 && !first.startsWith("data:") ? first : urls;
}

type WireValue = string | number | Record<string, number>;
