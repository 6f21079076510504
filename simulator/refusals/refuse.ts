import { randomUUID } from "node:crypto";
import { type Exchange, sendGatewayError, sendJson, sendText } from "../http.ts";
import type { Refusal } from "./refusal.ts";
import { REFUSALS, type RefusalName } from "./table.ts";

/** Anthropic's word for a status. */
const ANTHROPIC_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
  529: "overloaded_error",
};

export const isAnthropic = ({ url }: Exchange) => url.pathname === "/v1/messages";

/** The body of an error on the Anthropic endpoint. */
export function toAnthropicError(status: number, message: string) {
  const type = ANTHROPIC_TYPES[status] ?? "api_error";
  return { type: "error", error: { type, message }, request_id: randomUUID() };
}

function toOpenAiError({ state }: Exchange, refusal: Refusal, message: string) {
  const { code, errorType, style } = refusal;
  const id = randomUUID();
  if (style === "backend") {
    return { error: { code, message, param: null, type: errorType }, request_id: id };
  }
  const error = { ...(code && { code }), message };
  return state.options.requestIdPlace === "top"
    ? { error, request_id: id }
    : { error: { ...error, request_id: id } };
}

/** Words that a text of a refusal has places for. */
type Words = { model?: string; given?: string };

/** Answers with a refusal, in the shape of the endpoint that was called. */
export function refuse(
  exchange: Exchange,
  name: RefusalName,
  { headers = {}, ...words }: Words & { headers?: Record<string, string> } = {},
) {
  const refusal: Refusal = REFUSALS[name];
  const { response } = exchange;
  const { status, style } = refusal;
  const message = refusal.message.replace(
    /\{(model|given)\}/,
    (_, word) => words[word === "model" ? "model" : "given"] ?? "",
  );
  if (style === "text") return sendText(response, status, message, headers);
  if (style === "html") {
    return sendText(response, status, message, { ...headers, "content-type": "text/html" });
  }
  if (isAnthropic(exchange)) {
    return sendJson(response, status, toAnthropicError(status, message), headers);
  }
  for (const [key, value] of Object.entries(headers)) response.setHeader(key, value);
  if (style === "errors") return sendGatewayError(response, status, message);
  sendJson(response, status, toOpenAiError(exchange, refusal, message));
}
