import type { ToolCall, ToolResult } from "../schemas/chat";

/** One turn of a conversation as it is sent; past reasoning is never sent back. */
export type WireTurn = {
  role: "user" | "assistant";
  text: string;
  /** Data URLs, in order. */
  pictures?: readonly string[];
  /** Functions that this answer asked for. */
  toolCalls?: readonly ToolCall[];
  /** What functions of the answer before said; instead of a text. */
  toolResults?: readonly ToolResult[];
};

/**
 * Instructions for the model. DashScope-backed models refuse JSON output unless the word occurs in
 * the prompt, so it is added where the user did not write it.
 */
export function toSystemPrompt(
  settings: { systemPrompt?: string | undefined; format?: "json" | undefined },
  turns: readonly WireTurn[],
): string {
  const { systemPrompt = "", format } = settings;
  const saysJson = [systemPrompt, ...turns.map(({ text }) => text)].some((text) =>
    /json/i.test(text),
  );
  if (format !== "json" || saysJson) return systemPrompt;
  return [systemPrompt, "Answer with one JSON object."].filter(Boolean).join("\n\n");
}
