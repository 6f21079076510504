import { MAX_LORAS } from "../loras";
import type { ModelFamily } from "./family";

/** 64x64 to 2048x2048: ModelScope documentation, 2026-08. Community checkpoints are of this family. */
export const stableDiffusion: ModelFamily = {
  name: "Stable Diffusion",
  ids: /^(MAILAND|MusePublic)\//,
  kinds: ["image"],
  thinking: null,
  image: {
    minSide: 64,
    maxSide: 2048,
    sideStep: 8,
    defaultSize: "1024x1024",
    without: [],
    maxLoras: MAX_LORAS,
    maxInputs: 0,
    usualSeconds: 10,
  },
};
