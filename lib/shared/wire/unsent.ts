import { findFamily } from "../models/families";
import { canSwitch } from "../models/thinking";
import type { ChatSettings } from "../schemas/chat";
import { NOT_IN_MESSAGES } from "./messages-body";
import { toThinkingFields } from "./thinking-fields";

/** Settings that are set and yet not sent: the protocol has no field for them, or the model takes none. */
export function findUnsent(model: string, settings: ChatSettings): (keyof ChatSettings)[] {
  if (settings.protocol === "anthropic") {
    return NOT_IN_MESSAGES.filter((key) => settings[key] !== undefined);
  }
  const dialect = findFamily(model)?.thinking ?? null;
  const { thinking, thinkingBudget } = settings;
  const isBudgetLost = toThinkingFields(model, settings).thinking_budget === undefined;
  return [
    ...(thinking !== undefined && !canSwitch(dialect) ? ["thinking" as const] : []),
    ...(thinkingBudget !== undefined && isBudgetLost ? ["thinkingBudget" as const] : []),
  ];
}
