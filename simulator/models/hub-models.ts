import type { ChatModel } from "./chat-model.ts";

const hybrid = { thinks: "hybrid", tools: "calls" } as const;
const seeing = { ...hybrid, vision: true } as const;

/** Ids that were served in autumn 2026 (contract §7.5). Prices are measured where noted there, else inferred. */
export const HUB_MODELS = {
  "Qwen/Qwen3.5-35B-A3B": { ...seeing, price: 1 },
  "Qwen/Qwen3.5-27B": { ...seeing, price: 1 },
  "Qwen/Qwen3.5-122B-A10B": { ...seeing, price: 1 },
  "Qwen/Qwen3.5-397B-A17B": { ...seeing, price: 2 },
  "Qwen/Qwen3.8-27B": { ...seeing, price: 1 },
  "Qwen/Qwen3.8-Flash-Next": { ...seeing, price: 1 },
  "Qwen/Qwen3-Coder-30B-A3B-Instruct": { tools: "calls", price: 1 },
  "Qwen/Qwen3-235B-A22B": { ...hybrid, price: 1 },
  "Qwen/Qwen3-8B": { ...hybrid, price: 0.5 },
  "Qwen/Qwen3-30B-A3B-Instruct-2507": { tools: "calls", price: 1 },
  "Qwen/Qwen3-30B-A3B-Thinking-2507": { thinks: "always", tools: "calls", price: 1 },
  "Qwen/Qwen3-235B-A22B-Instruct-2507": { tools: "calls", price: 1 },
  "Qwen/Qwen3-235B-A22B-Thinking-2507": { thinks: "always", tools: "calls", price: 1 },
  "deepseek-ai/DeepSeek-V4-Pro": { ...hybrid, price: 2 },
  "deepseek-ai/DeepSeek-V4-Flash-0731": { ...hybrid, price: 2 },
  "deepseek-ai/DeepSeek-V4.1-Flash": { ...seeing, price: 1 },
  "ZhipuAI/GLM-5.2": { ...hybrid, price: 2 },
  "ZhipuAI/GLM-4.7-Flash": { ...hybrid, price: 1 },
  "ZhipuAI/GLM-5.3-Flash": { ...hybrid, price: 1, listed: false },
  "stepfun-ai/Step-3.7-Flash": { ...hybrid, price: 1 },
  "nex-agi/Nex-N2.5-Pro": { ...hybrid, price: 1 },
  "Shanghai_AI_Laboratory/Intern-S2-Preview": { ...seeing, price: 1 },
  "Tencent-Hunyuan/Hy3": { ...hybrid, price: 1 },
  "XiaomiMiMo/MiMo-V2-Flash": { ...hybrid, price: 1 },
  // Routed to a provider whose key the user has deposited: no limit, no Magicubes.
  "Qwen/Qwen3-1.7B:DashScope": {
    thinks: "hybrid",
    profile: "dashscope",
    price: 0,
    listed: false,
  },
} as const satisfies Record<string, ChatModel>;
