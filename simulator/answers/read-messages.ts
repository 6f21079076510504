import { countField, field, listField, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { type Ask, type Picture, pickTool, readPicture, type Tool, wordsOf } from "./ask.ts";

function addressOf(block: unknown): string {
  const source = field(block, "source");
  if (field(source, "type") === "url") return textField(source, "url");
  return `data:${textField(source, "media_type")};base64,${textField(source, "data")}`;
}

const blocksIn = (body: unknown) =>
  listField(body, "messages").flatMap((message) => listField(message, "content"));

/** The pictures of a conversation; null for one that cannot be read. */
export function picturesInMessages(body: unknown): (Picture | null)[] {
  return blocksIn(body)
    .filter((block) => field(block, "type") === "image")
    .map((block) => readPicture(addressOf(block)));
}

/** Inferred: that a forced choice works here, other than on the chat endpoint. */
function toolFor({ tools }: ChatModel, body: unknown, question: string): Tool | null {
  const offered = listField(body, "tools").map((tool) => ({
    name: textField(tool, "name"),
    schema: field(tool, "input_schema"),
  }));
  const last = listField(listField(body, "messages").at(-1), "content");
  const isResult = last.some((block) => field(block, "type") === "tool_result");
  const choice = field(body, "tool_choice");
  const kind = field(choice, "type") ?? "auto";
  if (!tools || isResult || kind === "none") return null;
  if (tools === "nameless" || kind === "any") return offered[0] ?? null;
  if (kind !== "tool") return pickTool(offered, question);
  return offered.find(({ name }) => name === field(choice, "name")) ?? null;
}

/** Reads a call of the Anthropic endpoint. Here a hybrid model thinks when it is told to (inferred). */
export function readMessagesAsk(body: unknown, model: string, row: ChatModel): Ask {
  const words = listField(body, "messages").map((message) => wordsOf(field(message, "content")));
  const question = words.at(-1) ?? "";
  const thinking = field(body, "thinking");
  const isAsked = ["enabled", "adaptive"].includes(textField(thinking, "type"));
  return {
    model,
    row,
    question,
    prompt: [wordsOf(field(body, "system")), ...words].filter(Boolean).join("\n"),
    pictures: picturesInMessages(body).filter((picture) => picture !== null),
    isThinking: row.thinks === "always" || (row.thinks === "hybrid" && isAsked),
    thinkingBudget: countField(thinking, "budget_tokens"),
    maxTokens: countField(body, "max_tokens"),
    stops: listField(body, "stop_sequences").filter((stop) => typeof stop === "string"),
    tool: toolFor(row, body, question),
    isJson: false,
  };
}
