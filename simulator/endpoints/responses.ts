import { wordsOf } from "../answers/ask.ts";
import { admitModel } from "../answers/model-of.ts";
import { readResponsesAsk } from "../answers/read-responses.ts";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { type Exchange, field, sendJson, textField } from "../http.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import { play } from "../stream/play.ts";
import { toResponse, toResponseSteps } from "../stream/response-steps.ts";

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
  const response = toResponse(readResponsesAsk(body, model, row), exchange.state);
  if (field(body, "stream") !== true) return sendJson(exchange.response, 200, response.finished);
  await play(exchange, toResponseSteps(response), { hasEventLines: true });
}
