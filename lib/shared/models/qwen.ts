import type { ModelFamily } from "./family";

/** Qwen3.5 takes pictures on its normal ids and thinks by default (ModelScope sample code, 2026-08). */
export const qwen35: ModelFamily = {
  name: "Qwen3.5",
  ids: /^Qwen\/Qwen3\.[5-9]/,
  kinds: ["chat", "vision"],
  reasoning: true,
  image: null,
};

export const qwenText: ModelFamily = {
  name: "Qwen",
  ids: /^Qwen\/(Qwen3-|Qwen2)/,
  kinds: ["chat"],
  reasoning: false,
  image: null,
};
