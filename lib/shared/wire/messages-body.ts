import type { ChatSettings, Tool } from "../schemas/chat";
import type { WireCall } from "./chat-body";
import { toSystemPrompt, type WireTurn } from "./turn";

/** The protocol demands a limit; sent where the user set none. */
const DEFAULT_MAX_TOKENS = 8_192;

const DATA_URL = /^data:([^;,]+);base64,(.+)$/s;

function toPictureBlock(url: string): object {
  const [, media_type, data] = DATA_URL.exec(url) ?? [];
  const source = data === undefined ? { type: "url", url } : { type: "base64", media_type, data };
  return { type: "image", source };
}

/** Arguments are text that the model wrote; what is no JSON object is handed back as it is. */
function toInput(text: string): object {
  try {
    const input: unknown = JSON.parse(text || "{}");
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return input;
  } catch {
    // told below
  }
  return { arguments: text };
}

function toContent({ text, pictures = [], toolCalls = [], toolResults = [] }: WireTurn) {
  const blocks = [
    ...pictures.map(toPictureBlock),
    ...toolResults.map(({ id, result }) => ({
      type: "tool_result",
      tool_use_id: id,
      content: result,
    })),
    ...toolCalls.map((call) => ({
      type: "tool_use",
      id: call.id,
      name: call.name,
      input: toInput(call.arguments),
    })),
  ];
  if (blocks.length === 0) return text;
  const textBlock = text ? [{ type: "text", text }] : [];
  // What the model said stands before what it asked for; what the user says stands behind pictures.
  return toolCalls.length > 0 ? [...textBlock, ...blocks] : [...blocks, ...textBlock];
}

const toTool = ({ name, description, parameters }: Tool) => ({
  name,
  ...(description && { description }),
  input_schema: parameters ?? { type: "object", properties: {} },
});

/** Settings that this protocol has no field for; they are not sent. */
export const NOT_IN_MESSAGES = [
  "frequencyPenalty",
  "presencePenalty",
  "seed",
  "format",
  "thinking",
  "thinkingBudget",
] as const satisfies readonly (keyof ChatSettings)[];

/**
 * The body of `POST /v1/messages` (Anthropic's protocol, beta at ModelScope): always streamed.
 * Reasoning is not switched here, since that is not proven for ModelScope.
 */
export function toMessagesBody({ model, settings, turns }: WireCall): object {
  const { temperature, topP, maxTokens, stop, tools } = settings;
  const system = toSystemPrompt({ systemPrompt: settings.systemPrompt }, turns);
  return {
    model,
    max_tokens: maxTokens ?? DEFAULT_MAX_TOKENS,
    ...(system && { system }),
    messages: turns.map((turn) => ({ role: turn.role, content: toContent(turn) })),
    stream: true,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop && { stop_sequences: stop }),
    ...(tools && { tools: tools.map(toTool) }),
  };
}
