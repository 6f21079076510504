import { MAX_LORAS } from "../loras";
import type { ModelFamily } from "./family";

/** Editing needs one to three input pictures (seen in clients, 2026-08); bounds as for Qwen-Image. */
export const qwenImageEdit: ModelFamily = {
  name: "Qwen-Image-Edit",
  ids: /^(Qwen\/Qwen-Image-Edit|FireRedTeam\/FireRed-Image-Edit)/,
  kinds: ["edit"],
  thinking: null,
  image: {
    minSide: 64,
    maxSide: 1664,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: ["guidance", "negativePrompt"],
    maxLoras: MAX_LORAS,
    maxInputs: 3,
    usualSeconds: 40,
  },
};

/** 64x64 to 1664x1664: ModelScope documentation, 2026-08. 41 s: one measurement of 2026. */
export const qwenImage: ModelFamily = {
  name: "Qwen-Image",
  ids: /^Qwen\/Qwen-Image/,
  kinds: ["image"],
  thinking: null,
  image: {
    minSide: 64,
    maxSide: 1664,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: [],
    maxLoras: MAX_LORAS,
    maxInputs: 0,
    usualSeconds: 41,
  },
};
