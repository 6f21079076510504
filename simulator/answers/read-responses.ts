import { countField, field, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { type Ask, wordsOf } from "./ask.ts";

/** Reads a call of the Responses endpoint; only its words and its limit count here. */
export function readResponsesAsk(body: unknown, model: string, row: ChatModel): Ask {
  const question = wordsOf(field(body, "input"));
  return {
    model,
    row,
    question,
    prompt: `${textField(body, "instructions")}${question}`,
    pictures: [],
    isThinking: false,
    thinkingBudget: null,
    maxTokens: countField(body, "max_output_tokens"),
    stops: [],
    tool: null,
    isJson: false,
  };
}
