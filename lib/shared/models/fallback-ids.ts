/** Ids seen as served in September and October 2026; shown while the live list cannot be read. */
export const FALLBACK_MODEL_IDS: readonly string[] = [
  "Qwen/Qwen3.5-35B-A3B",
  "Qwen/Qwen3.5-122B-A10B",
  "Qwen/Qwen3.5-397B-A17B",
  "Qwen/Qwen3-Coder-30B-A3B-Instruct",
  "deepseek-ai/DeepSeek-V4.1-Flash",
  "deepseek-ai/DeepSeek-V4-Pro",
  "ZhipuAI/GLM-5.2",
  "ZhipuAI/GLM-4.7-Flash",
  "stepfun-ai/Step-3.7-Flash",
  "Qwen/Qwen3-8B",
  "Tongyi-MAI/Z-Image-Turbo",
  "Qwen/Qwen-Image-2512",
  "black-forest-labs/FLUX.1-Krea-dev",
  "MAILAND/majicflus_v1",
];

export const DEFAULT_CHAT_MODEL = "Qwen/Qwen3.5-35B-A3B";
export const DEFAULT_IMAGE_MODEL = "Tongyi-MAI/Z-Image-Turbo";
export const DEFAULT_EDIT_MODEL = "Qwen/Qwen-Image-Edit-2511";
