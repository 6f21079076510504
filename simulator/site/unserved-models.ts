/** Ids of the hub that ModelScope itself does not serve; who else does, if anybody. */
export const UNSERVED_MODELS: Record<string, { task: string; providers: readonly "DashScope"[] }> =
  {
    "MiniMax/MiniMax-M3": { task: "text-generation", providers: [] },
    "moonshotai/Kimi-K2.6": { task: "text-generation", providers: [] },
    "black-forest-labs/FLUX.1-dev": { task: "text-to-image-synthesis", providers: [] },
    "black-forest-labs/FLUX.1-Kontext-dev": { task: "image-to-image", providers: [] },
    "Qwen/Qwen3-1.7B": { task: "text-generation", providers: ["DashScope"] },
  };

/** Served models that an outside provider offers as well. */
export const ALSO_AT_DASHSCOPE: readonly string[] = ["deepseek-ai/DeepSeek-V4-Pro"];
