import { randomUUID } from "node:crypto";
import type { Ask } from "../answers/ask.ts";
import { composeAnswer } from "../answers/compose.ts";
import { toPieces } from "../replies.ts";
import type { SimulatorState } from "../state.ts";
import type { Step } from "./step.ts";

/** Everything in this file is inferred from OpenAI's documentation; only the path and the models are known. */
export function toResponse(ask: Ask, { clock }: SimulatorState) {
  const answer = composeAnswer(ask);
  const { input, output } = answer.tokens;
  const part = { type: "output_text", text: answer.text, annotations: [] };
  const item = { id: `msg_${randomUUID()}`, type: "message", role: "assistant" };
  const done = { ...item, status: "completed", content: [part] };
  const base = {
    id: `resp_${randomUUID()}`,
    object: "response",
    created_at: Math.floor(clock.nowMs() / 1_000),
    model: ask.model,
  };
  const usage = { input_tokens: input, output_tokens: output, total_tokens: input + output };
  return {
    started: { ...base, status: "in_progress", output: [], usage: null },
    item,
    part,
    done,
    finished: { ...base, status: "completed", output: [done], usage },
  };
}

/** The steps of a healthy stream. */
export function toResponseSteps({
  started,
  item,
  part,
  done,
  finished,
}: ReturnType<typeof toResponse>): Step[] {
  const at = { item_id: item.id, output_index: 0, content_index: 0 };
  const { text } = part;
  const frames = [
    { type: "response.created", response: started },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...at, part: { ...part, text: "" } },
    ...toPieces(text).map((delta) => ({ type: "response.output_text.delta", ...at, delta })),
    { type: "response.output_text.done", ...at, text },
    { type: "response.content_part.done", ...at, part },
    { type: "response.output_item.done", output_index: 0, item: done },
    { type: "response.completed", response: finished },
  ];
  return frames.map((frame, sequence_number) => ({
    kind: frame.type.endsWith(".delta") ? "text" : "block",
    frame: { ...frame, sequence_number },
  }));
}
