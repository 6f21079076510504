/**
 * How a family's reasoning is switched.
 *
 * - `top_level`: `enable_thinking` and `thinking_budget` beside `model` (ModelScope's sample code of hybrid models).
 * - `template`: `chat_template_kwargs.enable_thinking`, for models served by vLLM or SGLang (measured 2026-06).
 * - `both`: the two together, accepted by the models that were tried (seen in clients, 2026-01).
 * - `twin`: by the id, `…-Instruct-2507` and `…-Thinking-2507`.
 * - `always`: reasons, whatever is asked.
 */
export type ThinkingDialect = "top_level" | "template" | "both" | "twin" | "always";

export const canSwitch = (dialect: ThinkingDialect | null) =>
  dialect !== null && dialect !== "always";

/** Only the top-level form has a documented budget. */
export const canBudget = (dialect: ThinkingDialect | null) =>
  dialect === "top_level" || dialect === "both";
