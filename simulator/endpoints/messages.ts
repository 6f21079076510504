import { answerWhole } from "../answers/answer-whole.ts";
import type { Ask } from "../answers/ask.ts";
import { composeAnswer } from "../answers/compose.ts";
import { INSTEAD } from "../answers/instead.ts";
import { admitModel } from "../answers/model-of.ts";
import { picturesInMessages, readMessagesAsk } from "../answers/read-messages.ts";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { countField, type Exchange, field, textField } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import type { RefusalName } from "../refusals/table.ts";
import { applyFault } from "../stream/faults.ts";
import { toMessage, toMessageFault, toMessageSteps } from "../stream/message-steps.ts";
import { play } from "../stream/play.ts";

/** What Anthropic's own API demands. */
function findBodyFault(body: unknown): RefusalName | null {
  if (!Array.isArray(field(body, "messages"))) return "messages-needed";
  return countField(body, "max_tokens") === null ? "max-tokens" : null;
}

function findPictureFault(body: unknown, { vision }: ChatModel): RefusalName | null {
  const pictures = picturesInMessages(body);
  if (pictures.length > 0 && !vision) return "no-vision";
  return pictures.includes(null) ? "bad-picture" : null;
}

/** `POST /v1/messages`, Anthropic's shape. Draws on the same quota as chat (inferred). */
export async function messages(exchange: Exchange): Promise<void> {
  const { body } = exchange;
  if (refuseByToken(exchange)) return;
  const bodyFault = findBodyFault(body);
  if (bodyFault) return refuse(exchange, bodyFault);
  const model = textField(body, "model");
  const row = admitModel(exchange, model);
  if (!row) return;
  if (refuseByLimits(exchange, { model, price: row.price })) return;
  const pictureFault = findPictureFault(body, row);
  if (pictureFault) return refuse(exchange, pictureFault, { model });
  charge(exchange, { model, price: row.price });
  await answer(exchange, readMessagesAsk(body, model, row));
}

async function answer(exchange: Exchange, ask: Ask): Promise<void> {
  const { request, body, state } = exchange;
  const { row } = ask;
  const given = composeAnswer(ask);
  const toWhole = () => toMessage(ask, given);
  if (row.instead) return INSTEAD[row.instead](exchange, toWhole);
  if (field(body, "stream") !== true) return answerWhole(exchange, row, toWhole());
  const key = request.headers["x-api-key"];
  const steps = applyFault(row.fault, toMessageSteps(ask, given), {
    isChat: false,
    usage: null,
    authorization: request.headers.authorization ?? String(key ?? ""),
    slowFirstMs: state.options.slowFirstMs,
    ...toMessageFault(ask, given),
  });
  await play(exchange, steps, { ...row.wire, hasEventLines: !row.wire?.hasNoEventLines });
}
