import type { ChatModel } from "./chat-model.ts";

/** Models that think, call tools or see in an odd way. */
export const THINKING_MODELS = {
  "simulator/thinking-only": { thinks: "always", price: 1 },
  "simulator/empty-when-not-streamed": { thinks: "always", isEmptyUnstreamed: true, price: 1 }, // E7 (c)
  "simulator/think-tags": { thinks: "hybrid", reasoningIn: "tags", price: 1 },
  "simulator/reasoning-field": { thinks: "hybrid", reasoningIn: "reasoning", price: 1 },
  "simulator/all-reasoning": { thinks: "always", isAllReasoning: true, price: 1 },
  "simulator/nameless-tool": { tools: "nameless", price: 1 },
} as const satisfies Record<string, ChatModel>;
