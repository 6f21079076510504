import { MAX_LORAS } from "../loras";
import type { ModelFamily } from "./family";

/** 64x64 to 1024x1024: ModelScope documentation, 2026-08. */
export const flux: ModelFamily = {
  name: "FLUX",
  ids: /^(black-forest-labs\/FLUX|krea\/Krea)/,
  kinds: ["image"],
  thinking: null,
  image: {
    minSide: 64,
    maxSide: 1024,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: [],
    maxLoras: MAX_LORAS,
    maxInputs: 0,
    usualSeconds: 15,
  },
};
