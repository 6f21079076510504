import type { ModelFamily } from "./family";

/** Editing needs an input picture; bounds as for Qwen-Image. */
export const qwenImageEdit: ModelFamily = {
  name: "Qwen-Image-Edit",
  ids: /^(Qwen\/Qwen-Image-Edit|FireRedTeam\/FireRed-Image-Edit)/,
  kinds: ["edit"],
  reasoning: false,
  image: {
    minSide: 64,
    maxSide: 1664,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: ["guidance", "negativePrompt"],
    usualSeconds: 40,
  },
};

/** 64x64 to 1664x1664: ModelScope documentation, 2026-08. 41 s: one measurement of 2026. */
export const qwenImage: ModelFamily = {
  name: "Qwen-Image",
  ids: /^Qwen\/Qwen-Image/,
  kinds: ["image"],
  reasoning: false,
  image: {
    minSide: 64,
    maxSide: 1664,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: [],
    usualSeconds: 41,
  },
};
