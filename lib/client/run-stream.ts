import { createParser } from "eventsource-parser";
import { z } from "zod";
import { runReadoutSchema, runStatusSchema, toolCallSchema } from "../shared/schemas/chat";

const metadataSchema = z.object({
  conversationId: z.string(),
  parentId: z.string().nullable(),
  readout: runReadoutSchema,
});

/** The parts of an answer's stream that we use; the AI SDK's UI message stream has more. */
const partSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), messageId: z.string(), messageMetadata: metadataSchema }),
  z.object({ type: z.literal("message-metadata"), messageMetadata: metadataSchema }),
  z.object({ type: z.literal("text-delta"), delta: z.string() }),
  z.object({ type: z.literal("reasoning-delta"), delta: z.string() }),
  z.object({ type: z.literal("data-tool-calls"), data: z.array(toolCallSchema) }),
  z.object({
    type: z.literal("data-status"),
    data: z.object({
      status: runStatusSchema,
      /** Calls of the same token before this one. */
      place: z.number().optional(),
      /** Until ModelScope, which is busy, is asked again. */
      retryInMs: z.number().optional(),
    }),
  }),
  z.object({ type: z.literal("data-unsaved") }),
  z.object({ type: z.literal("finish"), messageMetadata: metadataSchema }),
]);
export type RunPart = z.infer<typeof partSchema>;

/** Longer than any pause between two keep-alives of the server: then the connection is dead. */
const SILENCE_MS = 30_000;

function toPart(data: string): RunPart | null {
  if (!data.startsWith("{")) return null;
  return partSchema.safeParse(JSON.parse(data)).data ?? null;
}

/**
 * Reads an answer's stream and hands on the parts of each read; resolves with whether its end came.
 * A connection that breaks, or is dead and does not say so, is no error: false.
 */
export async function readRunStream(
  response: Response,
  onParts: (parts: RunPart[]) => void,
): Promise<boolean> {
  let parts: RunPart[] = [];
  let hasEnded = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      const part = toPart(data);
      if (part) parts.push(part);
      if (part?.type === "finish") hasEnded = true;
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let silence: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      silence = setTimeout(() => void reader?.cancel().catch(() => undefined), SILENCE_MS);
      const read = await reader?.read();
      clearTimeout(silence);
      if (!read || read.done) return hasEnded;
      parser.feed(decoder.decode(read.value, { stream: true }));
      if (parts.length > 0) onParts(parts);
      parts = [];
    }
  } catch {
    return hasEnded;
  } finally {
    clearTimeout(silence);
  }
}
