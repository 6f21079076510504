import "server-only";
import type { Response } from "undici";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { toChatBody, type WireCall } from "@/lib/shared/wire/chat-body";
import { toMessagesBody } from "@/lib/shared/wire/messages-body";
import { toThinkingFields } from "@/lib/shared/wire/thinking-fields";
import { getSettings } from "../env";
import { fetchUpstream, readUpstreamText } from "../net/upstream";
import type { AnswerBatch } from "./answer-delta";
import { readDocument, readEventStream } from "./answer-reader";
import { readChatDocument, readChatFrame } from "./chat-delta";
import { toRequestId, toResponseError } from "./errors";
import { createMessagesReader } from "./messages-delta";
import { type RateLimits, readRateLimits } from "./rate-limits";

const MAX_ERROR_BYTES = 64_000;
const ERROR_TIMEOUT_MS = 30_000;

export type AnswerCall = WireCall & {
  token: Secret;
  site: Site;
  /** Whether an answer would be news of the token: that it is good after all. */
  isDoubted?: boolean;
};

export type OpenAnswer = {
  requestId: string | null;
  /** Daily limits, where ModelScope still names them. */
  limits: RateLimits | null;
  batches: AsyncGenerator<AnswerBatch>;
};

type WireRequest = { path: string; headers?: Record<string, string>; body: object };

const ANTHROPIC_HEADERS = { "anthropic-version": "2023-06-01" };

const toChatRequest = (call: WireCall, withThinking: boolean): WireRequest => ({
  path: "/v1/chat/completions",
  body: toChatBody(call, { withThinking }),
});

const toMessagesRequest = (call: WireCall): WireRequest => ({
  path: "/v1/messages",
  headers: ANTHROPIC_HEADERS,
  body: toMessagesBody(call),
});

/** Sends a request and answers its 2xx response; throws the typed error of a refusal. */
async function post(
  { token, site }: AnswerCall,
  request: WireRequest,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetchUpstream({
    host: "api",
    site,
    method: "POST",
    ...request,
    token,
    headersTimeoutMs: getSettings().RUN_HEADERS_MS,
    signal,
  });
  if (response.ok) return response;
  const limits = { maxBytes: MAX_ERROR_BYTES, timeoutMs: ERROR_TIMEOUT_MS };
  const text = await readUpstreamText(response, limits).catch(() => "");
  throw toResponseError(response, text, token);
}

const hasSwitch = ({ model, settings }: AnswerCall) =>
  Object.keys(toThinkingFields(model, settings)).length > 0;

const namesThinking = (error: unknown) =>
  error instanceof AppError &&
  error.code === "bad_request" &&
  /enable_thinking|thinking_budget|chat_template_kwargs/i.test(error.upstreamText ?? "");

/** The chat request; once more without the reasoning switch where ModelScope refuses just that. */
async function postChat(call: AnswerCall, signal: AbortSignal): Promise<Response> {
  try {
    return await post(call, toChatRequest(call, true), signal);
  } catch (error) {
    if (!hasSwitch(call) || !namesThinking(error)) throw error;
    return post(call, toChatRequest(call, false), signal);
  }
}

/**
 * Asks a model, in the protocol of the call's settings. Resolves once the headers are there; throws
 * a typed error for a refusal, and the signal's reason for an abort.
 */
export async function openAnswer(call: AnswerCall, signal: AbortSignal): Promise<OpenAnswer> {
  const isAnthropic = call.settings.protocol === "anthropic";
  const response = isAnthropic
    ? await post(call, toMessagesRequest(call), signal)
    : await postChat(call, signal);
  const type = response.headers.get("content-type") ?? "";
  const stream = /json|html/.test(type) ? null : response.body;
  const readFrame = isAnthropic
    ? createMessagesReader()
    : stream
      ? readChatFrame
      : readChatDocument;
  return {
    requestId: toRequestId(response.headers.get("x-request-id"), call.token),
    limits: readRateLimits(response.headers),
    batches: stream
      ? readEventStream(stream, readFrame, call.token)
      : readDocument(response, readFrame, call.token),
  };
}
