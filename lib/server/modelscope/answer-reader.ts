import "server-only";
import type { Readable } from "node:stream";
import { createParser } from "eventsource-parser";
import type { Response } from "undici";
import { AppError } from "@/lib/shared/errors";
import type { Secret } from "@/lib/shared/secret";
import { monotonicMs } from "../clock";
import { getSettings } from "../env";
import { logInfo } from "../log";
import { readUpstreamText } from "../net/upstream";
import type { AnswerBatch, AnswerDelta } from "./answer-delta";
import { toUpstreamError } from "./errors";
import { parseJson } from "./loose-json";
import { ThinkTags } from "./think-tags";
import { ToolCallMerger } from "./tool-calls";

const DOCUMENT_TIMEOUT_MS = 30_000;
/** All calls are handed on each time, so not at every piece. */
const TOOLS_EVERY_MS = 250;

type FrameReader = (frame: unknown) => AnswerDelta | "error" | null;

type EventReading = {
  readFrame: FrameReader;
  token: Secret | null;
  onBatch: (batch: AnswerBatch) => void;
};

const STREAMING = { stream: true };

const emptyBatch = (): AnswerBatch => ({
  text: "",
  reasoning: "",
  toolCalls: null,
  finishReason: null,
  usage: null,
});

/**
 * Collects frames into the current batch. After a finish reason only the usage counts, after the end
 * nothing; what is dropped is logged by its length.
 */
class Collector {
  fault: AppError | null = null;
  isEnd = false;
  readonly #read: FrameReader;
  readonly #token: Secret | null;
  readonly #tags = new ThinkTags();
  readonly #tools = new ToolCallMerger();
  #batch = emptyBatch();
  #isFinished = false;
  #droppedLength = 0;
  #hasNewTools = false;
  #nextToolsMs = 0;

  constructor(read: FrameReader, token: Secret | null) {
    this.#read = read;
    this.#token = token;
  }

  take(data: string): void {
    if (this.fault) return;
    if (this.isEnd) {
      this.#droppedLength += data.length;
      return;
    }
    if (data === "[DONE]") {
      this.isEnd = true;
      return;
    }
    const delta = this.#read(parseJson(data));
    if (delta === "error") this.fault = toUpstreamError(0, data, { token: this.#token });
    else if (delta) this.#add(delta);
  }

  #add(delta: AnswerDelta): void {
    if (delta.usage) this.#batch.usage = delta.usage;
    if (delta.isEnd) this.isEnd = true;
    if (this.#isFinished) {
      this.#droppedLength += delta.text.length + delta.reasoning.length;
      return;
    }
    if (delta.reasoning) this.#batch.reasoning += delta.reasoning;
    if (delta.text) {
      const { text, reasoning } = this.#tags.push(delta.text);
      this.#batch.text += text;
      this.#batch.reasoning += reasoning;
    }
    if (delta.tools.length > 0) {
      this.#tools.add(delta.tools);
      this.#hasNewTools = true;
    }
    if (delta.finishReason) {
      this.#batch.finishReason = delta.finishReason;
      this.#isFinished = true;
    }
  }

  /** The batch so far; with `isLast` also what was held back. */
  flush(isLast: boolean): AnswerBatch {
    const batch = this.#batch;
    this.#batch = emptyBatch();
    // After the finish reason nothing more of them comes, though the stream may break before its end.
    const isOver = isLast || this.#isFinished;
    if (this.#hasNewTools && (isOver || monotonicMs() >= this.#nextToolsMs)) {
      batch.toolCalls = this.#tools.list();
      this.#hasNewTools = false;
      this.#nextToolsMs = monotonicMs() + TOOLS_EVERY_MS;
    }
    if (!isOver) return batch;
    const { text, reasoning } = this.#tags.flush();
    if (isLast && this.#droppedLength > 0)
      logInfo("text after the end", { length: this.#droppedLength });
    return { ...batch, text: batch.text + text, reasoning: batch.reasoning + reasoning };
  }
}

/** Throws `upstream_down` where the stream or one line of it is longer than the settings allow. */
function createCap(): (chunk: Uint8Array) => void {
  const { MAX_LINE_BYTES, MAX_STREAM_BYTES } = getSettings();
  let totalBytes = 0;
  let lineBytes = 0;
  return (chunk) => {
    totalBytes += chunk.byteLength;
    const lineEnd = Math.max(chunk.lastIndexOf(10), chunk.lastIndexOf(13));
    lineBytes = lineEnd === -1 ? lineBytes + chunk.byteLength : chunk.byteLength - lineEnd - 1;
    if (totalBytes > MAX_STREAM_BYTES || lineBytes > MAX_LINE_BYTES) {
      throw new AppError("upstream_down");
    }
  };
}

/**
 * Hands on one batch for each read of an event stream, and resolves at its end. A frame that is an
 * error ends it by throwing it, after what came before; what the connection breaks with, or `onBatch`
 * throws, is thrown as it is. The stream is destroyed in every case.
 */
export function readEventStream(
  body: Readable,
  { readFrame, token, onBatch }: EventReading,
): Promise<void> {
  const collector = new Collector(readFrame, token);
  const parser = createParser({ onEvent: ({ data }) => collector.take(data) });
  const decoder = new TextDecoder();
  const checkCap = createCap();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isSettled = false;
  const attempt = (work: () => void) => {
    if (isSettled) return;
    try {
      work();
    } catch (error) {
      isSettled = true;
      reject(error);
    }
  };
  /** Hands on what has come since the last time. */
  const handOn = (isOver: boolean) => {
    const isLast = isOver || collector.isEnd || collector.fault !== null;
    onBatch(collector.flush(isLast));
    if (collector.fault) throw collector.fault;
    isSettled = isLast;
    if (isLast) resolve();
  };
  // One read of the socket is told as many chunks, one after the other: they become one batch.
  let isDue = false;
  body.on("data", (chunk: Uint8Array) =>
    attempt(() => {
      checkCap(chunk);
      parser.feed(decoder.decode(chunk, STREAMING));
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        attempt(() => handOn(false));
      });
    }),
  );
  body.on("end", () =>
    attempt(() => {
      // Two line ends close a last event whose blank line is missing.
      parser.feed(`${decoder.decode()}\n\n`);
      handOn(true);
    }),
  );
  body.on("error", reject);
  body.on("close", () => reject(new Error("the upstream closed its stream early")));
  return promise.finally(() => {
    body.removeAllListeners("data");
    body.destroy();
  });
}

/** A 200 that is not a stream: a whole answer is taken, an empty shell or a page is an error. */
export async function readDocument(
  response: Response,
  { readFrame, token, onBatch }: EventReading,
): Promise<void> {
  const { MAX_STREAM_BYTES } = getSettings();
  const limits = { maxBytes: MAX_STREAM_BYTES, timeoutMs: DOCUMENT_TIMEOUT_MS };
  const text = await readUpstreamText(response, limits);
  if (parseJson(text) === undefined) throw new AppError("upstream_down");
  const collector = new Collector(readFrame, token);
  collector.take(text);
  if (collector.fault) throw collector.fault;
  onBatch(collector.flush(true));
}
