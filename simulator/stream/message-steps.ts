import { randomUUID } from "node:crypto";
import type { Answer, Ask } from "../answers/ask.ts";
import { placeThought } from "../answers/compose.ts";
import { toAnthropicError } from "../refusals/refuse.ts";
import { toPieces } from "../replies.ts";
import type { FaultContext, Step } from "./step.ts";

const CALL_PIECE_LETTERS = 12;
const STOP_REASONS = { stop: "end_turn", length: "max_tokens", tool_calls: "tool_use" } as const;

/** One content block: how it opens, and the deltas that fill it. */
type Block = { kind: Step["kind"]; opening: object; deltas: object[]; whole: object };

/** The blocks of an answer in their order; that thinking comes first is inferred. */
function toBlocks(ask: Ask, answer: Answer): Block[] {
  const { reasoning, text } = placeThought(ask, answer);
  const { call } = answer;
  const blocks: Block[] = [];
  if (reasoning) {
    const block = { type: "thinking", thinking: "", signature: "" };
    const deltas = toPieces(reasoning).map((thinking) => ({ type: "thinking_delta", thinking }));
    const whole = { ...block, thinking: reasoning };
    blocks.push({ kind: "reasoning", opening: block, deltas, whole });
  }
  if (text || !(call || reasoning)) {
    const deltas = toPieces(text).map((piece) => ({ type: "text_delta", text: piece }));
    const block = { type: "text", text: "" };
    blocks.push({ kind: "text", opening: block, deltas, whole: { ...block, text } });
  }
  if (call) {
    const block = { type: "tool_use", id: call.id, name: call.name ?? "", input: {} };
    const deltas = toPieces(call.arguments, CALL_PIECE_LETTERS).map((partial_json) => ({
      type: "input_json_delta",
      partial_json,
    }));
    const whole = { ...block, input: JSON.parse(call.arguments) };
    blocks.push({ kind: "tool", opening: block, deltas, whole });
  }
  return blocks;
}

function toBlockSteps({ kind, opening, deltas }: Block, index: number): Step[] {
  const start = { type: "content_block_start", index, content_block: opening };
  return [
    { kind: "block", frame: start },
    ...deltas.map(
      (delta): Step => ({ kind, frame: { type: "content_block_delta", index, delta } }),
    ),
    { kind: "block", frame: { type: "content_block_stop", index } },
  ];
}

/** A message, without its content. */
const toHead = ({ model }: Ask, { tokens }: Answer) => ({
  id: `msg_${randomUUID()}`,
  type: "message",
  role: "assistant",
  model,
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: tokens.input, output_tokens: 0 },
});

/** The body of a call without `stream`. */
export function toMessage(ask: Ask, answer: Answer): object {
  const { input, output } = answer.tokens;
  return {
    ...toHead(ask, answer),
    content: toBlocks(ask, answer).map(({ whole }) => whole),
    stop_reason: STOP_REASONS[answer.finish],
    usage: { input_tokens: input, output_tokens: output },
  };
}

/** The steps of a healthy stream of Anthropic's events; no capture of ModelScope's was found. */
export function toMessageSteps(ask: Ask, answer: Answer): Step[] {
  const stop = { stop_reason: STOP_REASONS[answer.finish], stop_sequence: null };
  const usage = { output_tokens: answer.tokens.output };
  return [
    { kind: "role", frame: { type: "message_start", message: toHead(ask, answer) } },
    ...toBlocks(ask, answer).flatMap(toBlockSteps),
    { kind: "finish", frame: { type: "message_delta", delta: stop, usage } },
    { kind: "done", frame: { type: "message_stop" } },
  ];
}

export function toMessageFault(ask: Ask, answer: Answer): Pick<FaultContext, "toText" | "toError"> {
  const index = toBlocks(ask, answer).findIndex(({ kind }) => kind === "text");
  return {
    toText: (text) => ({
      kind: "text",
      frame: { type: "content_block_delta", index, delta: { type: "text_delta", text } },
    }),
    toError: (_style, message) => ({ kind: "noise", frame: toAnthropicError(500, message) }),
  };
}
