import type { ChatModel } from "./chat-model.ts";

/** Models whose frames are right, but written as other servers write them. */
export const WIRE_MODELS = {
  "simulator/dashscope": { profile: "dashscope", thinks: "hybrid", tools: "calls", price: 1 },
  "simulator/byte-by-byte": { wire: { cut: "bytes" }, price: 1 },
  "simulator/one-packet": { wire: { cut: "one-packet" }, price: 1 },
  "simulator/crlf": { wire: { lineEnd: "\r\n" }, price: 1 },
  "simulator/cr": { wire: { lineEnd: "\r" }, price: 1 },
  "simulator/no-blank": { wire: { hasNoBlank: true }, price: 1 },
  "simulator/bom": { wire: { hasBom: true }, price: 1 },
  "simulator/comments": { wire: { hasComments: true }, price: 1 },
  "simulator/multi-line": { wire: { isMultiLine: true }, price: 1 },
  "simulator/no-event-lines": { wire: { hasNoEventLines: true }, price: 1 },
  "simulator/gzip": { wire: { encoding: "gzip" }, price: 1 },
  "simulator/brotli": { wire: { encoding: "br" }, price: 1 },
  "simulator/gzip-wrong": { wire: { encoding: "gzip", isNotEncoded: true }, price: 1 },
  "simulator/gzip-bomb": { wire: { encoding: "gzip", isBomb: true }, price: 1 },
  "simulator/short-length": { wire: { isTooShort: true }, price: 1 },
} as const satisfies Record<string, ChatModel>;
