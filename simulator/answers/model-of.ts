import { type Exchange, field, rowOf } from "../http.ts";
import { CHAT_MODELS, IMAGE_MODELS } from "../models/all-models.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { isAnthropic, refuse } from "../refusals/refuse.ts";
import type { RefusalName } from "../refusals/table.ts";
import { countUp } from "../state.ts";
import { hasThinkingSwitch } from "./read-chat.ts";

const RETRY_SECONDS = 2;
const PROVIDER = /:DashScope$/;

/** The row of an id; `Org/Name:DashScope` is the same model at a provider of the user's own. */
function findRow(model: string): ChatModel | null {
  const row = rowOf(CHAT_MODELS, model);
  if (row) return row;
  const base = rowOf(CHAT_MODELS, model.replace(PROVIDER, ""));
  return base ? { ...base, profile: "dashscope", price: 0 } : null;
}

function toRetryHeader(
  { state }: Exchange,
  retryAfter: string | undefined,
): Record<string, string> {
  if (retryAfter === undefined) return {};
  const date = new Date(state.clock.nowMs() + RETRY_SECONDS * 1_000).toUTCString();
  return { "retry-after": retryAfter === "date" ? date : retryAfter };
}

/** Whether this call is one of those that a refusing model refuses. */
function isRefused(exchange: Exchange, model: string, row: ChatModel): boolean {
  const { body, account, state } = exchange;
  if (row.refusesOnly === "temperature") {
    const temperature = field(body, "temperature");
    return temperature !== undefined && temperature !== 1;
  }
  if (row.refusesOnly === "thinking-switch") {
    return (
      hasThinkingSwitch(body) || (isAnthropic(exchange) && field(body, "thinking") !== undefined)
    );
  }
  const calls = countUp(state.attempts, `${account} ${model}`);
  return calls <= (row.refusedCalls ?? Number.POSITIVE_INFINITY);
}

/** Why no model is behind an id; null where one is. */
function findIdFault(model: string): RefusalName | null {
  if (!/^[^/\s]+\/[^/\s]+$/.test(model)) return "invalid-id";
  if (rowOf(IMAGE_MODELS, model)) return "bad-gateway";
  return findRow(model) ? null : "no-provider";
}

/** The row of the model that a call names; null where the call was refused for it. */
export function admitModel(exchange: Exchange, model: string): ChatModel | null {
  const row = findRow(model);
  const fault = findIdFault(model);
  if (!row || fault) {
    refuse(exchange, fault ?? "no-provider", { model });
    return null;
  }
  if (!row.refusal || !isRefused(exchange, model, row)) return row;
  refuse(exchange, row.refusal, { model, headers: toRetryHeader(exchange, row.retryAfter) });
  return null;
}
