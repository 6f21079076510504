import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { toChatBody, type WireCall } from "@/lib/shared/wire/chat-body";
import { toMessagesBody } from "@/lib/shared/wire/messages-body";
import { toThinkingFields } from "@/lib/shared/wire/thinking-fields";
import { getSettings } from "../env";
import { openUpstream, readUpstreamText, toResponse, type UpstreamStream } from "../net/upstream";
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
  /** Reads it to its end and hands on what came with each read; once. */
  read: (onBatch: (batch: AnswerBatch) => void) => Promise<void>;
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
): Promise<UpstreamStream> {
  const stream = await openUpstream({
    host: "api",
    site,
    method: "POST",
    ...request,
    token,
    headersTimeoutMs: getSettings().RUN_HEADERS_MS,
    signal,
  });
  if (stream.status >= 200 && stream.status < 300) return stream;
  const response = toResponse(stream);
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
async function postChat(call: AnswerCall, signal: AbortSignal): Promise<UpstreamStream> {
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
  const stream = isAnthropic
    ? await post(call, toMessagesRequest(call), signal)
    : await postChat(call, signal);
  const { headers, body } = stream;
  const { token } = call;
  const isDocument = /json|html/.test(headers.get("content-type") ?? "");
  const readChat = isDocument ? readChatDocument : readChatFrame;
  const readFrame = isAnthropic ? createMessagesReader() : readChat;
  return {
    requestId: toRequestId(headers.get("x-request-id"), token),
    limits: readRateLimits(headers),
    read: (onBatch) =>
      isDocument
        ? readDocument(toResponse(stream), { readFrame, token, onBatch })
        : readEventStream(body, { readFrame, token, onBatch }),
  };
}
