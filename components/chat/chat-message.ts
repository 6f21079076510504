import type { UIMessage } from "ai";
import { z } from "zod";
import { type RunReadout, runReadoutSchema, type ToolCall } from "@/lib/shared/schemas/chat";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";

const metadataSchema = z.object({
  conversationId: z.string().optional(),
  createdAt: z.string().optional(),
  readout: runReadoutSchema.optional(),
});
type MessageMetadata = z.infer<typeof metadataSchema>;
/** Our own parts: the calls a model asks for, and how the run stands before its first word. */
type ChatParts = {
  "tool-calls": ToolCall[];
  status: { status: RunReadout["status"]; retryInMs?: number };
};
export type ChatUIMessage = UIMessage<MessageMetadata, ChatParts>;

/** The turns from the root to the newest message: what a conversation shows. */
export function toNewestBranch(messages: readonly ChatMessage[]): ChatMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: ChatMessage[] = [];
  for (let at = messages.at(-1); at; at = at.parentId ? byId.get(at.parentId) : undefined) {
    branch.unshift(at);
  }
  return branch;
}

/** A stored message in the shape of `useChat`. */
export function toUIMessage({
  id,
  role,
  text,
  reasoning,
  toolCalls,
  createdAt,
  run,
}: ChatMessage): ChatUIMessage {
  return {
    id,
    role,
    metadata: { createdAt, ...(run && { readout: run }) },
    parts: [
      ...(toolCalls.length > 0 ? [{ type: "data-tool-calls" as const, data: toolCalls }] : []),
      ...(reasoning ? [{ type: "reasoning" as const, text: reasoning }] : []),
      { type: "text" as const, text },
    ],
  };
}

/** The text or the reasoning of a message. */
export function textOf(message: ChatUIMessage, type: "text" | "reasoning"): string {
  return message.parts.map((part) => (part.type === type ? part.text : "")).join("");
}

/** The functions that a model asked for; none in most answers. */
export function toolCallsOf(message: ChatUIMessage): readonly ToolCall[] {
  return message.parts.find((part) => part.type === "data-tool-calls")?.data ?? [];
}

export function readoutOf(message: ChatUIMessage): RunReadout | null {
  return message.metadata?.readout ?? null;
}

export const isRunning = (readout: RunReadout | null) =>
  readout?.status === "queued" || readout?.status === "streaming";
