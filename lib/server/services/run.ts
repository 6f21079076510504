import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { findRun, requestStop } from "../db/runs";
import { followLiveRun, followStoredRun, type StoredRun } from "../runs/follow";
import { findLiveRun } from "../runs/registry";
import { toStoredReadout, toToolCalls } from "../runs/run-view";

export type FollowedRun = {
  runId: string;
  conversationId: string;
  stream: ReadableStream<Uint8Array>;
};

type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

const toStored = (row: RunRow): StoredRun => ({
  run: { ...row, parentId: row.message.parentId, toolCalls: toToolCalls(row.toolCalls) },
  readout: toStoredReadout(row),
});

/**
 * A reader of a run: replay and the live tail where this process produces it; what its row holds, as
 * long as that grows, where another one does. Throws `not_found`.
 */
export async function followRun(actor: Actor, id: string): Promise<FollowedRun> {
  const live = findLiveRun(actor.userId, id);
  if (live) {
    return { runId: id, conversationId: live.conversationId, stream: followLiveRun(live) };
  }
  const row = await findRun(actor.userId, id);
  if (!row) throw new AppError("not_found");
  const stream = followStoredRun(toStored(row), async () => {
    const next = await findRun(actor.userId, id);
    return next && toStored(next);
  });
  return { runId: id, conversationId: row.conversationId, stream };
}

/** Stops a run: at once where this process has it. Stopping what has ended is no error. Throws `not_found`. */
export async function stopRun(actor: Actor, id: string): Promise<void> {
  const live = findLiveRun(actor.userId, id);
  live?.abort.abort(new AppError("stopped"));
  if (await requestStop(actor.userId, id)) return;
  if (live || (await findRun(actor.userId, id))) return;
  throw new AppError("not_found");
}
