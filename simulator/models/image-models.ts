/** What one image model takes and how it answers. */
export type ImageModel = {
  /** Magicubes a picture. */
  price: number;
  /** Changes a picture, so it demands `image_url`. */
  isEdit?: true;
  /** Smallest and largest side. */
  sides: readonly [min: number, max: number];
  /** Sizes beyond are drawn in to the nearest; other models refuse them (inferred). */
  isClamping?: true;
  /** `sync`: the shape of 2025. `task-only`: an accepted order has just its id. */
  answer?: "sync" | "task-only";
};

const SD = [64, 2048] as const;
const FLUX = [64, 1024] as const;
const QWEN = [64, 1664] as const;
const ANY = [64, 2048] as const;

/** Contract §7.5 and §4.3. Z-Image was measured drawing in 30 to 64, so its smallest side is not the documented one. */
export const IMAGE_MODEL_ROWS = {
  "Tongyi-MAI/Z-Image-Turbo": { price: 1, sides: [64, 2048], isClamping: true },
  "Tongyi-MAI/Z-Image": { price: 1, sides: [64, 2048], isClamping: true },
  "Qwen/Qwen-Image": { price: 2, sides: QWEN },
  "Qwen/Qwen-Image-2512": { price: 2, sides: QWEN },
  "Qwen/Qwen-Image-Edit-2511": { price: 2, sides: QWEN, isEdit: true },
  "Qwen/Qwen-Image-Edit-2509": { price: 2, sides: QWEN, isEdit: true },
  "FireRedTeam/FireRed-Image-Edit-1.1": { price: 2, sides: QWEN, isEdit: true },
  "black-forest-labs/FLUX.1-Krea-dev": { price: 1, sides: FLUX },
  "black-forest-labs/FLUX.2-klein-base-9B": { price: 2, sides: FLUX },
  "krea/Krea-2-Turbo": { price: 1, sides: ANY },
  "MAILAND/majicflus_v1": { price: 1, sides: ANY },
  "MusePublic/majicMIX_realistic": { price: 1, sides: SD },
  "MusePublic/14_ckpt_SD_XL": { price: 1, sides: SD },
  "simulator/sync-image": { price: 1, sides: ANY, answer: "sync" },
  "simulator/task-only": { price: 1, sides: ANY, answer: "task-only" },
} as const satisfies Record<string, ImageModel>;
