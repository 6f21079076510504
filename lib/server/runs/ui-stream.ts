import "server-only";
import type { RunReadout, RunStatus, ToolCall } from "@/lib/shared/schemas/chat";
import { now } from "../clock";

/**
 * What a run looks like on the wire: the AI SDK's UI message stream (one JSON part an event), so
 * that `useChat` is the client. Upstream frames are never forwarded.
 */
const encoder = new TextEncoder();
const toEvent = (part: object) => `data: ${JSON.stringify(part)}\n\n`;
const encode = (text: string) => encoder.encode(text);

const REASONING_ID = "reasoning";
const TEXT_ID = "text";
const TOOLS_ID = "tools";

export const KEEP_ALIVE = encode(": keep-alive\n\n");

/** A run as far as its readers see it, live or from its row. */
export type Snapshot = {
  messageId: string;
  conversationId: string;
  /** The question that is answered. */
  parentId: string | null;
  status: RunStatus;
  text: string;
  reasoning: string;
  toolCalls: readonly ToolCall[];
  /** Calls of the same token before this one. */
  place?: number;
  retryAt?: Date | null;
};

/** The opening of a stream: everything so far as one delta a part. */
export function toOpening(run: Snapshot, readout: RunReadout): Uint8Array {
  const metadata = toMetadata(run, readout);
  const parts: object[] = [
    { type: "start", messageId: run.messageId, messageMetadata: metadata },
    toStatusPart(run),
  ];
  if (run.toolCalls.length > 0) parts.push(toToolPart(run.toolCalls));
  return encode(parts.map(toEvent).join("") + toDeltaText(run, "", ""));
}

/** One part for all calls: it is replaced as more of them comes. */
const toToolPart = (toolCalls: readonly ToolCall[]) => ({
  type: "data-tool-calls",
  id: TOOLS_ID,
  data: toolCalls,
});

export function toToolCalls(toolCalls: readonly ToolCall[]): Uint8Array {
  return encode(toEvent(toToolPart(toolCalls)));
}

/** How a run stands: its place in the lane, and how long until ModelScope, which is busy, is asked again. */
function toStatusPart({ status, place = 0, retryAt = null }: Snapshot): object {
  const retryInMs = retryAt && Math.max(0, retryAt.getTime() - now().getTime());
  const data = {
    status,
    ...(place > 0 && { place }),
    ...(retryInMs !== null && { retryInMs }),
  };
  return { type: "data-status", data, transient: true };
}

export function toStatus(run: Snapshot): Uint8Array {
  return encode(toEvent(toStatusPart(run)));
}

/** The events of what has been added to a run since it had `before` of each part. */
function toDeltaText(
  added: { text: string; reasoning: string },
  textBefore: string,
  reasoningBefore: string,
): string {
  const part = (kind: "reasoning" | "text", id: string, delta: string, before: string) => {
    if (!delta) return "";
    const start = before ? "" : toEvent({ type: `${kind}-start`, id });
    return start + toEvent({ type: `${kind}-delta`, id, delta });
  };
  return (
    part("reasoning", REASONING_ID, added.reasoning, reasoningBefore) +
    part("text", TEXT_ID, added.text, textBefore)
  );
}

export function toDelta(
  added: { text: string; reasoning: string },
  before: { text: string; reasoning: string },
): Uint8Array {
  return encode(toDeltaText(added, before.text, before.reasoning));
}

/** Tells the readers how the run stands, for instance that its first word came. */
export function toProgress(run: Snapshot, readout: RunReadout): Uint8Array {
  return encode(toEvent({ type: "message-metadata", messageMetadata: toMetadata(run, readout) }));
}

const toMetadata = ({ conversationId, parentId }: Snapshot, readout: RunReadout) => ({
  conversationId,
  parentId,
  readout,
});

/** The closing of a stream; how the run ended stands in its readout. */
export function toClosing(
  run: Snapshot,
  readout: RunReadout,
  { isStored = true } = {},
): Uint8Array {
  const parts: object[] = [];
  if (run.reasoning) parts.push({ type: "reasoning-end", id: REASONING_ID });
  if (run.text) parts.push({ type: "text-end", id: TEXT_ID });
  const metadata = toMetadata(run, readout);
  parts.push({ type: "message-metadata", messageMetadata: metadata });
  if (readout.errorCode === "restarting") {
    parts.push({ type: "data-restarting", data: { retryAfterSeconds: 5 }, transient: true });
  }
  if (!isStored) parts.push({ type: "data-unsaved", data: {}, transient: true });
  parts.push({
    type: "finish",
    finishReason: toFinishReason(readout.status),
    messageMetadata: metadata,
  });
  return encode(`${parts.map(toEvent).join("")}data: [DONE]\n\n`);
}

function toFinishReason(status: RunStatus): "stop" | "error" | "other" {
  if (status === "complete") return "stop";
  return status === "failed" ? "error" : "other";
}
