import type { ChatSettings, Tool } from "../schemas/chat";
import { toThinkingFields } from "./thinking-fields";
import { toSystemPrompt, type WireTurn } from "./turn";

export type WireCall = {
  model: string;
  settings: ChatSettings;
  /** Oldest first; the last is the question. */
  turns: readonly WireTurn[];
};

const toContent = ({ text, pictures = [] }: WireTurn) =>
  pictures.length === 0
    ? text
    : [
        { type: "text", text },
        ...pictures.map((url) => ({ type: "image_url", image_url: { url } })),
      ];

/** The messages of a turn: one, or one for each result of a function. */
function toMessages(turn: WireTurn): object[] {
  const { role, text, toolCalls = [], toolResults = [] } = turn;
  if (toolResults.length > 0) {
    return toolResults.map(({ id, result }) => ({
      role: "tool",
      tool_call_id: id,
      content: result,
    }));
  }
  if (toolCalls.length === 0) return [{ role, content: toContent(turn) }];
  const tool_calls = toolCalls.map((call) => ({
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: call.arguments || "{}" },
  }));
  return [{ role, content: text, tool_calls }];
}

const toTool = ({ name, description, parameters }: Tool) => ({
  type: "function",
  function: {
    name,
    ...(description && { description }),
    parameters: parameters ?? { type: "object", properties: {} },
  },
});

/** The fields of what is set. */
function toSampling(settings: ChatSettings): object {
  const fields = {
    temperature: settings.temperature,
    top_p: settings.topP,
    max_tokens: settings.maxTokens,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    seed: settings.seed,
    stop: settings.stop,
    response_format: settings.format === "json" ? { type: "json_object" } : undefined,
    tools: settings.tools?.map(toTool),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The body of `POST /v1/chat/completions`: always streamed, since thinking models refuse anything
 * else, and always with usage, which is otherwise never sent. `max_tokens` and `system` are the
 * spellings that all backends take. `withThinking: false` leaves the reasoning switch out.
 */
export function toChatBody(call: WireCall, { withThinking = true } = {}): object {
  const { model, settings, turns } = call;
  const system = toSystemPrompt(settings, turns);
  return {
    model,
    messages: [
      ...(system ? [{ role: "system", content: system }] : []),
      ...turns.flatMap(toMessages),
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...toSampling(settings),
    ...(withThinking && toThinkingFields(model, settings)),
  };
}
