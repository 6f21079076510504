import { findFamily } from "../models/families";
import { canBudget } from "../models/thinking";
import type { ChatSettings } from "../schemas/chat";

type ThinkingFields = {
  enable_thinking?: boolean;
  thinking_budget?: number;
  chat_template_kwargs?: { enable_thinking: boolean; clear_thinking?: boolean };
};

/** MiMo drops earlier reasoning unless it is told not to (seen in clients, 2026-01). */
const keepsThinking = (model: string) => /^XiaomiMiMo\/MiMo-V2/.test(model);

/**
 * The fields that switch reasoning, in the dialect of the model's family; none where nothing is set
 * or the family takes none: other models answer 400 to them.
 */
export function toThinkingFields(model: string, settings: ChatSettings): ThinkingFields {
  const dialect = findFamily(model)?.thinking ?? null;
  const { thinking, thinkingBudget } = settings;
  const fields: ThinkingFields = {};
  if (thinkingBudget !== undefined && thinking !== false && canBudget(dialect)) {
    fields.thinking_budget = thinkingBudget;
  }
  if (thinking === undefined) return fields;
  if (dialect === "top_level" || dialect === "both") fields.enable_thinking = thinking;
  if (dialect === "template" || dialect === "both") {
    fields.chat_template_kwargs = {
      enable_thinking: thinking,
      ...(thinking && keepsThinking(model) && { clear_thinking: false }),
    };
  }
  return fields;
}

/** The id that is called: the twin that thinks, or does not, where a family switches by id. */
export function toCalledModel(model: string, { thinking }: ChatSettings): string {
  if (thinking === undefined || findFamily(model)?.thinking !== "twin") return model;
  const [from, to] = thinking ? ["Instruct", "Thinking"] : ["Thinking", "Instruct"];
  return model.replace(`-${from}-2507`, `-${to}-2507`);
}
