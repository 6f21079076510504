import { MAX_LORAS } from "../loras";
import type { ModelFamily } from "./family";

/** 512x512 to 2048x2048: ModelScope documentation, 2026-08. 1 to 12 s by size: measured by others, 2026. */
export const zImage: ModelFamily = {
  name: "Z-Image",
  ids: /^Tongyi-MAI\/Z-Image/,
  kinds: ["image"],
  thinking: null,
  image: {
    minSide: 512,
    maxSide: 2048,
    sideStep: 16,
    defaultSize: "1024x1024",
    without: [],
    maxLoras: MAX_LORAS,
    maxInputs: 0,
    usualSeconds: 5.4,
  },
};
