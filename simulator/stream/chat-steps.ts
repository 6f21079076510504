import { randomUUID } from "node:crypto";
import type { Answer, Ask } from "../answers/ask.ts";
import { placeThought } from "../answers/compose.ts";
import { toPieces } from "../replies.ts";
import { type ChatFrames, toUsage } from "./chat-frames.ts";
import type { FaultContext, Step } from "./step.ts";

const CALL_PIECE_LETTERS = 12;

/** A tool call in fragments: the later ones have an empty id and no name (seen by ms-agent). */
function toCallSteps(call: NonNullable<Answer["call"]>, frames: ChatFrames): Step[] {
  const fragment = (id: string, name: string | null, part: string): Step => ({
    kind: "tool",
    frame: frames.say({
      toolCalls: [{ index: 0, id, type: "function", function: { name, arguments: part } }],
    }),
  });
  const parts = toPieces(call.arguments, CALL_PIECE_LETTERS);
  return [fragment(call.id, call.name, ""), ...parts.map((part) => fragment("", null, part))];
}

/** The steps of a healthy chat stream. */
export function toChatSteps(
  ask: Ask,
  answer: Answer,
  { frames, wantsUsage }: { frames: ChatFrames; wantsUsage: boolean },
): Step[] {
  const { reasoning, text } = placeThought(ask, answer);
  const hasSpentAll = text === "" && answer.finish === "length";
  const finish = { finish: answer.finish, ...(hasSpentAll && { content: null }) };
  return [
    { kind: "role", frame: frames.say({ role: "assistant" }) },
    ...toPieces(reasoning).map((piece): Step => {
      const said = { reasoning: piece, ...(hasSpentAll && { content: null }) };
      return { kind: "reasoning", frame: frames.say(said) };
    }),
    ...toPieces(text).map(
      (piece): Step => ({ kind: "text", frame: frames.say({ content: piece }) }),
    ),
    ...(answer.call ? toCallSteps(answer.call, frames) : []),
    { kind: "finish", frame: frames.say(finish) },
    ...(wantsUsage ? [{ kind: "usage", frame: frames.usage(toUsage(answer)) } as const] : []),
    { kind: "done", data: "[DONE]" },
  ];
}

/** Error frames are guesses: none was ever captured. */
export function toChatFault(frames: ChatFrames): Pick<FaultContext, "toText" | "toError"> {
  return {
    toText: (piece, isLast) => ({
      kind: "text",
      frame: frames.say({ content: piece, ...(isLast && { finish: "stop" }) }),
    }),
    toError: (style, message) => ({
      kind: "noise",
      frame:
        style === "errors"
          ? { errors: { message }, request_id: randomUUID() }
          : { error: { message, code: "internal_error" } },
    }),
  };
}
