import type { ModelFamily } from "./family";

/** Qwen3.5 takes pictures on its normal ids and thinks by default (ModelScope sample code, 2026-08). */
export const qwen35: ModelFamily = {
  name: "Qwen3.5",
  ids: /^Qwen\/Qwen3\.[5-9]/,
  kinds: ["chat", "vision"],
  thinking: "top_level",
  image: null,
};

/** The 2507 releases come as pairs: one id thinks, its twin does not. */
export const qwenTwins: ModelFamily = {
  name: "Qwen3-2507",
  ids: /^Qwen\/Qwen3-.+-(Instruct|Thinking)-2507/,
  kinds: ["chat"],
  thinking: "twin",
  image: null,
};

export const qwenCoder: ModelFamily = {
  name: "Qwen3-Coder",
  ids: /^Qwen\/(Qwen3-Coder|Qwen2)/,
  kinds: ["chat"],
  thinking: null,
  image: null,
};

/** Withdrawn from API-Inference on 2026-09-15; the ids are still typed from memory. */
export const qwenVl: ModelFamily = {
  name: "Qwen3-VL",
  ids: /^Qwen\/Qwen3-VL/,
  kinds: ["chat", "vision"],
  thinking: null,
  image: null,
};

/** The first Qwen3 are hybrids and think by default. */
export const qwen3: ModelFamily = {
  name: "Qwen3",
  ids: /^Qwen\/Qwen3-/,
  kinds: ["chat"],
  thinking: "top_level",
  image: null,
};
