import type { UIMessage } from "ai";
import { z } from "zod";
import { type RunReadout, runReadoutSchema } from "@/lib/shared/schemas/chat";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";

const metadataSchema = z.object({
  conversationId: z.string().optional(),
  createdAt: z.string().optional(),
  readout: runReadoutSchema.optional(),
});
type MessageMetadata = z.infer<typeof metadataSchema>;
export type ChatUIMessage = UIMessage<MessageMetadata>;

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
  createdAt,
  run,
}: ChatMessage): ChatUIMessage {
  return {
    id,
    role,
    metadata: { createdAt, ...(run && { readout: run }) },
    parts: [
      ...(reasoning ? [{ type: "reasoning" as const, text: reasoning }] : []),
      { type: "text" as const, text },
    ],
  };
}

/** The text or the reasoning of a message. */
export function textOf(message: ChatUIMessage, type: "text" | "reasoning"): string {
  return message.parts.map((part) => (part.type === type ? part.text : "")).join("");
}

export function readoutOf(message: ChatUIMessage): RunReadout | null {
  return message.metadata?.readout ?? null;
}

export const isRunning = (readout: RunReadout | null) =>
  readout?.status === "queued" || readout?.status === "streaming";
