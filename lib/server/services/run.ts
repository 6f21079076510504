import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { findRun, requestStop } from "../db/runs";
import { findLiveRun } from "../runs/registry";
import { toStoredReadout, toToolCalls } from "../runs/run-view";
import { followLiveRun, replayEndedRun } from "../runs/ui-stream";

export type FollowedRun = {
  runId: string;
  conversationId: string;
  stream: ReadableStream<Uint8Array>;
};

/**
 * A reader of a run: replay and the live tail where this process produces it, else what its row
 * holds. Throws `not_found`.
 */
export async function followRun(actor: Actor, id: string): Promise<FollowedRun> {
  const live = findLiveRun(actor.userId, id);
  if (live) {
    return { runId: id, conversationId: live.conversationId, stream: followLiveRun(live) };
  }
  const row = await findRun(actor.userId, id);
  if (!row) throw new AppError("not_found");
  return {
    runId: id,
    conversationId: row.conversationId,
    stream: replayEndedRun({ ...row, toolCalls: toToolCalls(row.toolCalls) }, toStoredReadout(row)),
  };
}

/** Stops a run: at once where this process has it. Stopping what has ended is no error. Throws `not_found`. */
export async function stopRun(actor: Actor, id: string): Promise<void> {
  findLiveRun(actor.userId, id)?.abort.abort(new AppError("stopped"));
  if (await requestStop(actor.userId, id)) return;
  if (!(await findRun(actor.userId, id))) throw new AppError("not_found");
}
