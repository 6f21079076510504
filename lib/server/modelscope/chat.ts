import "server-only";
import { createParser } from "eventsource-parser";
import type { Response } from "undici";
import { AppError } from "@/lib/shared/errors";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { getSettings } from "../env";
import { fetchUpstream, readUpstreamText } from "../net/upstream";
import { type ChatDelta, readChatFrame, type TokenCounts } from "./chat-delta";
import { parseJson, readRetryAfter, toUpstreamError } from "./errors";

const MAX_ERROR_BYTES = 64_000;
const BODY_TIMEOUT_MS = 30_000;

type ChatTurn = { role: "user" | "assistant"; text: string };

export type ChatCall = {
  token: Secret;
  site: Site;
  model: string;
  settings: ChatSettings;
  /** Oldest first; the last is the question. */
  turns: readonly ChatTurn[];
};

/** Everything that arrived in one read of the upstream, merged. */
export type ChatBatch = ChatDelta & { isEnd: boolean };

/** The request body: always streamed, always with usage; what is unset is not sent. */
function toChatBody(call: Omit<ChatCall, "token" | "site">): object {
  const { systemPrompt, temperature, topP, maxTokens } = call.settings;
  return {
    model: call.model,
    messages: [
      ...(systemPrompt ? [{ role: "system", content: systemPrompt }] : []),
      ...call.turns.map(({ role, text }) => ({ role, content: text })),
    ],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
  };
}

/**
 * Opens a chat stream. Resolves with the request id and the batches once the headers are there;
 * throws a typed error for a refusal.
 */
export async function openChat(
  call: ChatCall,
  signal: AbortSignal,
): Promise<{ requestId: string | null; batches: AsyncGenerator<ChatBatch> }> {
  const response = await fetchUpstream({
    host: "api",
    site: call.site,
    method: "POST",
    path: "/v1/chat/completions",
    token: call.token,
    body: toChatBody(call),
    headersTimeoutMs: getSettings().RUN_HEADERS_MS,
    signal,
  });
  const limits = { maxBytes: MAX_ERROR_BYTES, timeoutMs: BODY_TIMEOUT_MS };
  if (!response.ok) {
    const text = await readUpstreamText(response, limits).catch(() => "");
    const retryAfter = readRetryAfter(response.headers.get("retry-after"), now());
    throw toUpstreamError(response.status, text, retryAfter);
  }
  const requestId = response.headers.get("x-request-id");
  const type = response.headers.get("content-type") ?? "";
  const isDocument = type.includes("json") || type.includes("html");
  return { requestId, batches: isDocument ? readDocument(response) : readBatches(response) };
}

/** A 200 that is not a stream: a whole completion is taken, an empty shell or a page is an error. */
async function* readDocument(response: Response): AsyncGenerator<ChatBatch> {
  const { MAX_STREAM_BYTES } = getSettings();
  const limits = { maxBytes: MAX_STREAM_BYTES, timeoutMs: BODY_TIMEOUT_MS };
  const body = parseJson(await readUpstreamText(response, limits));
  if (body === undefined) throw new AppError("upstream_down");
  const delta = readChatFrame(body);
  if (delta instanceof AppError) throw delta;
  if (delta) yield { ...delta, isEnd: true };
}

const emptyBatch = (): ChatBatch => ({
  text: "",
  reasoning: "",
  finishReason: null,
  usage: null,
  isEnd: false,
});

/** Collects frames into the current batch; what comes after `[DONE]` or a finish reason is dropped. */
class BatchCollector {
  batch = emptyBatch();
  fault: AppError | null = null;
  #isFinished = false;

  take(data: string): void {
    if (this.batch.isEnd || this.fault) return;
    if (data === "[DONE]") {
      this.batch.isEnd = true;
      return;
    }
    const delta = readChatFrame(parseJson(data));
    if (delta === null) return;
    if (delta instanceof AppError) {
      this.fault = delta;
      return;
    }
    this.batch.usage = lastUsage(this.batch.usage, delta.usage);
    if (this.#isFinished) return;
    this.batch.text += delta.text;
    this.batch.reasoning += delta.reasoning;
    if (delta.finishReason) {
      this.batch.finishReason = delta.finishReason;
      this.#isFinished = true;
    }
  }

  flush(): ChatBatch {
    const { batch } = this;
    this.batch = emptyBatch();
    return batch;
  }
}

const lastUsage = (before: TokenCounts | null, after: TokenCounts | null) => after ?? before;

/** Throws `upstream_down` where the stream or one line of it is longer than the settings allow. */
function createCap(): (chunk: Uint8Array) => void {
  const { MAX_LINE_BYTES, MAX_STREAM_BYTES } = getSettings();
  let totalBytes = 0;
  let lineBytes = 0;
  return (chunk) => {
    totalBytes += chunk.byteLength;
    const newline = chunk.lastIndexOf(10);
    lineBytes = newline === -1 ? lineBytes + chunk.byteLength : chunk.byteLength - newline - 1;
    if (totalBytes > MAX_STREAM_BYTES || lineBytes > MAX_LINE_BYTES) {
      throw new AppError("upstream_down");
    }
  };
}

/** One batch for each read of the body. A frame that is an error ends the stream by throwing it. */
async function* readBatches(response: Response): AsyncGenerator<ChatBatch> {
  if (!response.body) return;
  const collector = new BatchCollector();
  const parser = createParser({ onEvent: ({ data }) => collector.take(data) });
  const decoder = new TextDecoder();
  const checkCap = createCap();
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) checkCap(value);
      // Two line ends close a last event whose blank line is missing.
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      const batch = collector.flush();
      yield batch;
      if (collector.fault) throw collector.fault;
      if (done || batch.isEnd) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
