import type { ModelFamily } from "./family";

/** Qwen3.5 takes pictures on its normal ids and thinks by default (ModelScope sample code, 2026-08). */
export const qwen35: ModelFamily = {
  name: "Qwen3.5",
  ids: /^Qwen\/Qwen3\.[5-9]-/,
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
  ids: /^Qwen\/Qwen(3|2\.5)-Coder-/,
  kinds: ["chat"],
  thinking: null,
  image: null,
};

/** Qwen3-VL was withdrawn from API-Inference on 2026-09-15; the ids are still typed from memory. */
export const qwenVl: ModelFamily = {
  name: "Qwen-VL",
  ids: /^Qwen\/Qwen(3|2\.5|2)-VL-/,
  kinds: ["chat", "vision"],
  thinking: null,
  image: null,
};

/** The first Qwen3 are hybrids and think by default. */
export const qwen3: ModelFamily = {
  name: "Qwen3",
  ids: /^Qwen\/Qwen3-\d+(\.\d+)?B(-A\d+B)?(:|$)/,
  kinds: ["chat"],
  thinking: "top_level",
  image: null,
};
