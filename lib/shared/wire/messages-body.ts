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

const toContent = ({ text, pictures = [] }: WireTurn) =>
  pictures.length === 0 ? text : [...pictures.map(toPictureBlock), { type: "text", text }];

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
