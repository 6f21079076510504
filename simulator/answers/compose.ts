import { randomUUID } from "node:crypto";
import { field } from "../http.ts";
import { countTokens, cutToTokens, replyTo } from "../replies.ts";
import type { Answer, Ask, Picture } from "./ask.ts";

/** A value that fits a JSON schema well enough to call a function with. */
function valueFor(schema: unknown, name: string): unknown {
  const choices = field(schema, "enum");
  if (Array.isArray(choices)) return choices[0];
  switch (field(schema, "type")) {
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return argumentsFor(schema);
    default:
      return /city|location|place|城市/i.test(name) ? "杭州" : name;
  }
}

function argumentsFor(schema: unknown): Record<string, unknown> {
  const properties = field(schema, "properties");
  if (typeof properties !== "object" || properties === null) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, valueFor(property, name)]),
  );
}

const toNote = (picture: Picture) =>
  "bytes" in picture ? `${picture.bytes} bytes` : `at ${picture.address}`;

/** Says what arrived, so that a test can see that nothing was lost on the way. */
function describePictures(pictures: readonly Picture[]): string {
  if (pictures.length === 0) return "";
  const noun = pictures.length === 1 ? "picture" : "pictures";
  return `\n\n${pictures.length} ${noun}: ${pictures.map(toNote).join(", ")}.`;
}

function textOf({ question, pictures, isJson }: Ask): string {
  if (isJson) return JSON.stringify({ source: "simulator", question: question.slice(0, 200) });
  return replyTo(question).text + describePictures(pictures);
}

const beforeStop = (text: string, stops: readonly string[]) =>
  stops.reduce((rest, stop) => (stop === "" ? rest : (rest.split(stop)[0] ?? "")), text);

/** The answer to a question. Reasoning comes first and counts against the token limit (measured). */
export function composeAnswer(ask: Ask): Answer {
  const { row, tool, maxTokens } = ask;
  const limit = maxTokens ?? Number.POSITIVE_INFINITY;
  const thought = ask.isThinking ? replyTo(ask.question).reasoning : "";
  const budget = Math.min(limit, ask.thinkingBudget ?? Number.POSITIVE_INFINITY);
  const reasoning = cutToTokens(thought, budget);
  const reasoningTokens = countTokens(reasoning);
  const whole = tool || row.isAllReasoning ? "" : beforeStop(textOf(ask), ask.stops);
  const text = cutToTokens(whole, limit - reasoningTokens);
  const call = tool && {
    id: `call_${randomUUID().replaceAll("-", "")}`,
    name: row.tools === "nameless" ? null : tool.name,
    arguments: JSON.stringify(argumentsFor(tool.schema)),
  };
  const isCut = row.isAllReasoning === true || text !== whole;
  return {
    reasoning,
    text,
    call,
    finish: call ? "tool_calls" : isCut ? "length" : "stop",
    tokens: {
      input: countTokens(ask.prompt) + 8,
      output: countTokens(text + reasoning + (call?.arguments ?? "")),
      reasoning: reasoningTokens,
    },
  };
}

/** Reasoning and words in their places: in two fields, or both in the content between tags. */
export function placeThought({ row }: Ask, { reasoning, text }: Answer) {
  if (row.reasoningIn !== "tags" || !reasoning) return { reasoning, text };
  return { reasoning: "", text: `<think>\n${reasoning}\n</think>\n\n${text}` };
}
