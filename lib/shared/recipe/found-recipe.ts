import type { Lora } from "../loras";

/** What a picture's texts say of how it was made; what they do not say is absent. */
export type FoundRecipe = {
  source: "ours" | "a1111" | "comfyui";
  prompt?: string;
  negativePrompt?: string;
  model?: string;
  size?: string;
  steps?: number;
  guidance?: number;
  seed?: number;
  loras?: Lora[];
  /** What no parameter of ours can take, by its name there. */
  others: Record<string, string>;
};

/** `part` without what is undefined or no number. */
export function withoutNothing<Part extends object>(part: Part): Partial<Part> {
  return Object.fromEntries(
    Object.entries(part).filter(([, value]) => value !== undefined && !Number.isNaN(value)),
  ) as Partial<Part>;
}
