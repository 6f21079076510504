import { answerWhole } from "../answers/answer-whole.ts";
import { type Answer, type Ask, readPicture } from "../answers/ask.ts";
import { composeAnswer } from "../answers/compose.ts";
import { EMPTY_SHELL } from "../answers/empty-shell.ts";
import { INSTEAD } from "../answers/instead.ts";
import { admitModel } from "../answers/model-of.ts";
import { isUnservedChoice, picturesIn, readChatAsk } from "../answers/read-chat.ts";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { type Exchange, field, listField, sendJson, textField } from "../http.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import type { RefusalName } from "../refusals/table.ts";
import { type ChatFrames, createChatFrames, toCompletion, toUsage } from "../stream/chat-frames.ts";
import { toChatFault, toChatSteps } from "../stream/chat-steps.ts";
import { applyFault } from "../stream/faults.ts";
import { play } from "../stream/play.ts";

const isStreamed = (body: unknown) => field(body, "stream") === true;

/** Why the model cannot take this question; null where it can. */
function findQuestionFault(ask: Ask, body: unknown): RefusalName | null {
  const { row } = ask;
  const addresses = picturesIn(listField(body, "messages"));
  if (addresses.length > 0 && !row.vision) return "no-vision";
  if (addresses.some((address) => !readPicture(address))) return "bad-picture";
  if (row.profile === "dashscope" && ask.isJson && !/json/i.test(ask.prompt)) return "json-word";
  const canThinkWhole = row.isEmptyUnstreamed || row.isAllReasoning || row.instead;
  if (isStreamed(body) || !ask.isThinking || canThinkWhole) return null;
  return row.thinks === "always" ? "thinking-only-not-streamed" : "thinking-not-streamed";
}

/** `POST /v1/chat/completions`. The order of the checks is inferred. */
export async function chat(exchange: Exchange): Promise<void> {
  const { response, body } = exchange;
  if (refuseByToken(exchange)) return;
  if (!Array.isArray(field(body, "messages"))) return sendJson(response, 200, EMPTY_SHELL);
  const model = textField(body, "model");
  const row = admitModel(exchange, model);
  if (!row) return;
  if (refuseByLimits(exchange, { model, price: row.price })) return;
  const ask = readChatAsk(body, model, row);
  const fault = findQuestionFault(ask, body);
  if (fault) return refuse(exchange, fault, { model });
  if (isUnservedChoice(body)) return sendJson(response, 200, EMPTY_SHELL);
  charge(exchange, { model, price: row.price });
  await answer(exchange, ask);
}

async function answer(exchange: Exchange, ask: Ask): Promise<void> {
  const { body, state } = exchange;
  const { row } = ask;
  const given = composeAnswer(ask);
  const toWhole = () => toCompletion(ask, row.isEmptyUnstreamed ? toEmpty(given) : given, state);
  if (row.instead) return INSTEAD[row.instead](exchange, toWhole);
  if (!isStreamed(body)) return answerWhole(exchange, row, toWhole());
  const frames = createChatFrames(ask, given, state);
  const wantsUsage = field(field(body, "stream_options"), "include_usage") === true;
  const bill = state.bills.at(-1);
  if (bill && wantsUsage) bill.tokens = given.tokens;
  const steps = toChatSteps(ask, given, { frames, wantsUsage });
  const context = {
    isChat: true,
    usage: wantsUsage ? toUsage(given) : null,
    ...contextOf(exchange, frames),
  };
  await play(exchange, applyFault(row.fault, steps, context), {
    ...row.wire,
    hasEventLines: false,
  });
}

/** What a model says that cannot think without a stream: nothing (E7 c). */
const toEmpty = (given: Answer): Answer => ({ ...given, text: "", reasoning: "", finish: "stop" });

function contextOf({ request, state }: Exchange, frames: ChatFrames) {
  return {
    authorization: request.headers.authorization ?? "",
    slowFirstMs: state.options.slowFirstMs,
    ...toChatFault(frames),
  };
}
