import { countField, field, listField, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { type Ask, type Picture, pickTool, readPicture, type Tool, wordsOf } from "./ask.ts";

/** Addresses of all pictures of a conversation. */
export function picturesIn(messages: readonly unknown[]): string[] {
  return messages
    .flatMap((message) => listField(message, "content"))
    .filter((part) => field(part, "type") === "image_url")
    .map((part) => textField(field(part, "image_url"), "url"));
}

/** Whether a call has a field about thinking, whatever it says: who refuses one refuses them all. */
export const hasThinkingSwitch = (body: unknown) =>
  ["enable_thinking", "thinking_budget", "chat_template_kwargs"].some(
    (key) => field(body, key) !== undefined,
  );

/** A hybrid model thinks unless one of its two switches says no; the others do as they always do. */
function isThinking({ thinks }: ChatModel, body: unknown): boolean {
  if (thinks !== "hybrid") return thinks === "always";
  const switches = [body, field(body, "chat_template_kwargs")];
  return !switches.some((place) => field(place, "enable_thinking") === false);
}

function toolsIn(body: unknown): Tool[] {
  return listField(body, "tools").map((tool) => {
    const called = field(tool, "function");
    return { name: textField(called, "name"), schema: field(called, "parameters") };
  });
}

/** `auto` works; any other choice, and the fields of 2023, are answered with an empty shell (measured). */
export function isUnservedChoice(body: unknown): boolean {
  const choice = field(body, "tool_choice") ?? "auto";
  if (choice !== "auto" && choice !== "none") return true;
  if (field(body, "functions") !== undefined) return true;
  return field(field(body, "response_format"), "type") === "json_schema";
}

function toolFor({ tools }: ChatModel, body: unknown, question: string): Tool | null {
  const isResult = field(listField(body, "messages").at(-1), "role") === "tool";
  if (isResult || field(body, "tool_choice") === "none") return null;
  const offered = toolsIn(body);
  // This one calls without being asked to: that is its fault.
  if (tools === "nameless") return offered[0] ?? { name: "", schema: null };
  return tools ? pickTool(offered, question) : null;
}

/** Reads a call of the chat endpoint. Unknown fields, such as sampling parameters, are ignored. */
export function readChatAsk(body: unknown, model: string, row: ChatModel): Ask {
  const messages = listField(body, "messages");
  const words = messages.map((message) => wordsOf(field(message, "content")));
  const question = words.at(-1) ?? "";
  const stop = field(body, "stop");
  return {
    model,
    row,
    question,
    prompt: words.join("\n"),
    pictures: picturesIn(messages)
      .map(readPicture)
      .filter((picture): picture is Picture => picture !== null),
    isThinking: isThinking(row, body),
    thinkingBudget: countField(body, "thinking_budget"),
    maxTokens: countField(body, "max_tokens"),
    stops: [stop].flat().filter((text): text is string => typeof text === "string"),
    tool: toolFor(row, body, question),
    isJson: field(field(body, "response_format"), "type") === "json_object",
  };
}
