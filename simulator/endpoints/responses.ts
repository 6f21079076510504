import { randomUUID } from "node:crypto";
import type { Ask } from "../answers/ask.ts";
import { composeAnswer } from "../answers/compose.ts";
import { admitModel } from "../answers/model-of.ts";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { countField, type Exchange, field, sendJson, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refuse.ts";
import { toPieces } from "../replies.ts";
import { play } from "../stream/play.ts";
import type { Step } from "../stream/step.ts";

/** The words of `input`: a text, or messages with a text or with parts. */
function wordsOf(input: unknown): string {
  if (typeof input === "string") return input;
  if (!Array.isArray(input)) return "";
  return input.map((item) => textField(item, "text") || wordsOf(field(item, "content"))).join("\n");
}

function readAsk(body: unknown, model: string, row: ChatModel): Ask {
  const question = wordsOf(field(body, "input"));
  return {
    model,
    row,
    question,
    prompt: `${textField(body, "instructions")}${question}`,
    pictures: [],
    isThinking: false,
    thinkingBudget: null,
    maxTokens: countField(body, "max_output_tokens"),
    stops: [],
    tool: null,
    isJson: false,
  };
}

/** Everything in this file is inferred from OpenAI's documentation; only the path and the models are known. */
function toResponse(ask: Ask, { state }: Exchange) {
  const answer = composeAnswer(ask);
  const { input, output } = answer.tokens;
  const part = { type: "output_text", text: answer.text, annotations: [] };
  const item = { id: `msg_${randomUUID()}`, type: "message", role: "assistant" };
  const done = { ...item, status: "completed", content: [part] };
  const base = {
    id: `resp_${randomUUID()}`,
    object: "response",
    created_at: Math.floor(state.clock.nowMs() / 1_000),
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

function toSteps({ started, item, part, done, finished }: ReturnType<typeof toResponse>): Step[] {
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

/** `POST /v1/responses`: only creates, only Qwen3.5. */
export async function responses(exchange: Exchange): Promise<void> {
  const { body } = exchange;
  if (refuseByToken(exchange)) return;
  const model = textField(body, "model");
  const row = admitModel(exchange, model);
  if (!row) return;
  if (!/^Qwen\/Qwen3\.5-/.test(model)) return refuse(exchange, "responses-model", { model });
  if (wordsOf(field(body, "input")) === "") return refuse(exchange, "input-needed");
  if (refuseByLimits(exchange, { model, price: row.price })) return;
  charge(exchange, { model, price: row.price });
  const response = toResponse(readAsk(body, model, row), exchange);
  if (field(body, "stream") !== true) return sendJson(exchange.response, 200, response.finished);
  await play(exchange, toSteps(response), { hasEventLines: true });
}
