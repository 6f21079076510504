import type { ModelFamily } from "./family";

/** DeepSeek-V4.1-Flash takes pictures too (measured by others, 2026-10). */
export const deepSeekVision: ModelFamily = {
  name: "DeepSeek-V4.1",
  ids: /^deepseek-ai\/DeepSeek-V4\.1/,
  kinds: ["chat", "vision"],
  reasoning: true,
  image: null,
};

export const reasoningChat: ModelFamily = {
  name: "Reasoning",
  ids: /^(deepseek-ai|ZhipuAI|stepfun-ai|XiaomiMiMo)\//,
  kinds: ["chat"],
  reasoning: true,
  image: null,
};
