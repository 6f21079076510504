import { field, listField, textField } from "./http.ts";
import type { ImageModel } from "./models/image-models.ts";
import type { RefusalName } from "./refusals/table.ts";

const DEFAULT_SIDE = 1024;
const MAX_PROMPT_LENGTH = 2_000;
const MAX_LORAS = 6;
const MAX_SIDE = 100_000;

/** Width and height of `"WxH"`; null where it has another form. Empty is the default (ms-agent sends it). */
export function readSize(body: unknown): [width: number, height: number] | null {
  const size = textField(body, "size");
  if (size === "") return [DEFAULT_SIDE, DEFAULT_SIDE];
  const match = /^(\d+)x(\d+)$/.exec(size);
  const sides = match && ([Number(match[1]), Number(match[2])] as const);
  return sides && Math.max(...sides) <= MAX_SIDE ? [...sides] : null;
}

/** The side that is drawn. */
export const clampSide = (side: number, { sides: [min, max] }: ImageModel) =>
  Math.min(max, Math.max(min, side));

/** Measured 2026-09-09: the list of objects and the single weight. The sum and the number are documented. */
function findLoraFault(loras: unknown): RefusalName | null {
  if (loras === undefined || loras === null || typeof loras === "string") return null;
  if (Array.isArray(loras)) return loras.every((l) => typeof l === "string") ? null : "loras-list";
  if (typeof loras !== "object") return "loras-shape";
  const weights = Object.values(loras);
  if (weights.length === 1) return "loras-missing";
  if (weights.length > MAX_LORAS) return "loras-many";
  if (!weights.every((weight) => typeof weight === "number")) return "loras-weights";
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Math.abs(sum - 1) < 1e-6 ? null : "loras-weights";
}

/** The pictures to change: one address, or a list of them. */
function sourcesIn(body: unknown): string[] {
  const given = field(body, "image_url");
  const list = typeof given === "string" ? [given] : listField(body, "image_url");
  return list.filter((address): address is string => /^(https?:|data:image\/)/.test(`${address}`));
}

function hasSize(body: unknown, model: ImageModel): boolean {
  const size = readSize(body);
  if (!size) return false;
  return model.isClamping === true || size.every((side) => clampSide(side, model) === side);
}

/** Why an order is refused; null where it is taken. Only the LoRA texts were measured. */
export function findOrderFault(body: unknown, model: ImageModel): RefusalName | null {
  const prompt = textField(body, "prompt");
  if (prompt === "") return "prompt-needed";
  if (prompt.length >= MAX_PROMPT_LENGTH) return "prompt-long";
  if (!hasSize(body, model)) return "size-wrong";
  if (model.isEdit && sourcesIn(body).length === 0) return "image-needed";
  return findLoraFault(field(body, "loras"));
}
