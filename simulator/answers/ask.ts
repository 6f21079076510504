import { field, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";

/** A picture in a question: its bytes, or the address where somebody would have to fetch it. */
export type Picture = { bytes: number } | { address: string };

/** A function that the model may call, with the JSON schema of its arguments. */
export type Tool = { name: string; schema: unknown };

/** One question, whichever endpoint it came through. */
export type Ask = {
  model: string;
  row: ChatModel;
  /** Words of the last message. */
  question: string;
  /** Words of all messages. */
  prompt: string;
  pictures: Picture[];
  isThinking: boolean;
  /** Tokens; null where not limited. */
  thinkingBudget: number | null;
  maxTokens: number | null;
  stops: string[];
  /** The function to call in place of an answer. */
  tool: Tool | null;
  isJson: boolean;
};

/** What a model says to an {@link Ask}. */
export type Answer = {
  reasoning: string;
  text: string;
  call: { id: string; name: string | null; arguments: string } | null;
  finish: "stop" | "length" | "tool_calls";
  tokens: { input: number; output: number; reasoning: number };
};

/** The words of a text or of parts; those of a tool's result lie one level deeper. */
export function wordsOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((block) => textField(block, "text") || wordsOf(field(block, "content")))
    .join(" ");
}

/** The tool that a question names, or the one for the weather if it asks about that. */
export function pickTool(tools: readonly Tool[], question: string): Tool | null {
  const words = question.toLowerCase();
  const named = tools.find(({ name }) => name !== "" && words.includes(name.toLowerCase()));
  if (named) return named;
  return /weather|天气/i.test(question) ? (tools[0] ?? null) : null;
}

/** The picture behind an address; null where it is neither http(s) nor a data URL of a picture. */
export function readPicture(address: string): Picture | null {
  if (/^https?:\/\//.test(address)) return { address };
  const data = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/.exec(address)?.[1];
  return data === undefined ? null : { bytes: Buffer.from(data, "base64").byteLength };
}
