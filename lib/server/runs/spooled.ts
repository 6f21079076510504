import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import { toolCallSchema } from "@/lib/shared/schemas/chat";
import { endRun } from "../db/runs";
import { logFault, logInfo } from "../log";
import { dropSpooled, listSpooled, readSpooled, setAside } from "../storage/spool";
import { findLiveRunById } from "./registry";

const date = z.coerce.date();
const count = z.number().nullable();

/** The ending of a run as it was spooled. */
const endingSchema = z.object({
  status: z.enum(["complete", "stopped", "interrupted", "failed"]),
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(toolCallSchema),
  finishReason: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorText: z.string().nullable(),
  isCall: z.boolean(),
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  tokenSource: z.enum(["reported", "none"]),
  calledAt: date.nullable(),
  firstTokenAt: date.nullable(),
  textAt: date.nullable(),
  endedAt: date,
  upstreamRequestId: z.string().nullable(),
});

/** Stores one entry; one that can never be stored is put aside, so that it holds up no other. */
async function storeEntry(id: string): Promise<void> {
  try {
    const entry = await readSpooled(id);
    if (entry) await endRun(id, endingSchema.parse(entry));
    await dropSpooled(id);
    logInfo("spooled run ending stored", { runId: id });
  } catch (error) {
    if (error instanceof AppError && error.code === "database_down") throw error;
    logFault("spooled run ending not readable", error, { runId: id });
    await setAside(id);
  }
}

/**
 * Stores the endings of runs that were spooled while the database was away, by this process or an
 * earlier one. Those that this process still tries to store itself are left to it. Throws while the
 * database is still away.
 */
export async function storeSpooled(): Promise<void> {
  for (const id of await listSpooled()) {
    if (!findLiveRunById(id)) await storeEntry(id);
  }
}
