import type { IncomingHttpHeaders } from "node:http";
import { type Exchange, field, sendJson, sendNotFound } from "../http.ts";
import { changeOptions } from "../options.ts";

const SECRET_HEADERS = ["authorization", "x-api-key", "cookie"];
const SHOWN_LETTERS = 4;

/** Headers whose secrets are cut to their last letters, enough to tell the simulator's tokens apart. */
function redact(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const shown = { ...headers };
  for (const name of SECRET_HEADERS) {
    const value = shown[name];
    if (value !== undefined) shown[name] = `…${String(value).slice(-SHOWN_LETTERS)}`;
  }
  return shown;
}

function listRequests({ response, state }: Exchange) {
  const requests = state.requests.map(({ headers, ...request }) => ({
    ...request,
    headers: redact(headers),
  }));
  sendJson(response, 200, { requests });
}

function clearRequests({ response, state }: Exchange) {
  state.requests.length = 0;
  sendJson(response, 200, { requests: [] });
}

function advanceClock({ response, body, state }: Exchange) {
  const advanceMs = field(body, "advanceMs");
  if (typeof advanceMs !== "number" || !Number.isFinite(advanceMs)) {
    return sendJson(response, 400, { error: { message: "advanceMs is not a number" } });
  }
  state.clock.advance(advanceMs);
  sendJson(response, 200, { nowMs: state.clock.nowMs() });
}

function setOptions({ response, body, state }: Exchange) {
  const change = typeof body === "object" && body !== null ? { ...body } : {};
  const wrong = changeOptions(state.options, change);
  if (wrong.length === 0) return sendJson(response, 200, state.options);
  sendJson(response, 400, { error: { message: `unknown or unfit: ${wrong.join(", ")}` } });
}

const CONTROLS: Record<string, (exchange: Exchange) => void> = {
  "GET /__simulator/requests": listRequests,
  "DELETE /__simulator/requests": clearRequests,
  "POST /__simulator/clock": advanceClock,
  "GET /__simulator/options": ({ response, state }) => sendJson(response, 200, state.options),
  "PUT /__simulator/options": setOptions,
};

/** What people outside of the process steer the simulator with. ModelScope has nothing of this. */
export function control(exchange: Exchange) {
  const { request, response, url } = exchange;
  const answer = CONTROLS[`${request.method} ${url.pathname}`];
  if (!answer) return sendNotFound(response);
  answer(exchange);
}
