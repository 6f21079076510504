import "server-only";
import { AppError } from "@/lib/shared/errors";
import { monotonicMs } from "../clock";
import { endRun, findStopRequest, type RunEnding, renewLease, saveCheckpoint } from "../db/runs";
import { getSettings } from "../env";
import { logFault, logWarning } from "../log";
import { dropSpooled, spool } from "../storage/spool";
import { type LiveRun, lengthOfCalls } from "./live-run";

const CHECKPOINT_CHARACTERS = 2_048;
/** A database that says nothing for so long is taken for away; its answer may come later. */
const STALLED_MS = 1_000;
const FINAL_RETRY_MS = [100, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Keeps the row of a run up to date, off the token path: at most one statement at a time, after each
 * second or 2 KB of new text. Each tells whether someone asked another instance for a stop, so that is
 * known within a second; while the run waits in the lane, the lane asks.
 */
export function createRecorder(run: LiveRun): { onText: () => void; stop: () => Promise<void> } {
  const { RUN_CHECKPOINT_MS, RUN_LEASE_MS } = getSettings();
  let savedLength = 0;
  let writing: Promise<void> | null = null;
  let renewedMs = monotonicMs();

  const length = () => run.text.length + run.reasoning.length + lengthOfCalls(run.toolCalls);
  const save = async () => {
    const isLeaseOld = monotonicMs() - renewedMs > RUN_LEASE_MS / 3;
    const lengthNow = length();
    const { text, reasoning, toolCalls, firstTokenAt } = run;
    const hasNews = lengthNow !== savedLength;
    if (!hasNews && !isLeaseOld) return findStopRequest(run.id);
    const row = hasNews
      ? await saveCheckpoint(run.id, {
          text,
          reasoning,
          toolCalls,
          firstTokenAt,
          leaseMs: RUN_LEASE_MS,
        })
      : await renewLease(run.id, RUN_LEASE_MS);
    savedLength = lengthNow;
    renewedMs = monotonicMs();
    return row;
  };
  const write = async () => {
    try {
      const row = await save();
      // Another instance was asked for a stop, or the row was deleted with its conversation.
      if (!row || row.stopRequested) run.abort.abort(new AppError("stopped"));
    } catch (error) {
      logFault("checkpoint failed", error, { runId: run.id });
    }
  };
  const kick = () => {
    writing ??= write().finally(() => {
      writing = null;
    });
  };
  const timer = setInterval(() => {
    if (run.calledAt) kick();
  }, RUN_CHECKPOINT_MS);
  return {
    onText: () => {
      if (length() - savedLength >= CHECKPOINT_CHARACTERS) kick();
    },
    /** A checkpoint that comes later than this changes nothing: the run has ended then. */
    stop: async () => {
      clearInterval(timer);
      await Promise.race([writing, new Promise((resolve) => setTimeout(resolve, STALLED_MS))]);
    },
  };
}

/**
 * Writes the end of a run, again and again for about a minute while the database is away. From the
 * first failure on, or after a second without an answer, it lies in the spool too, which is emptied
 * when the database is back, by this process or the next.
 */
export async function recordEnding(runId: string, ending: RunEnding): Promise<void> {
  const spooling: Promise<void>[] = [];
  const keep = async () => {
    if (spooling.length > 0) return;
    spooling.push(spool(runId, ending).catch((fault) => logFault("spool", fault)));
    await spooling[0];
  };
  const stalled = setTimeout(keep, STALLED_MS);
  for (const waitMs of [0, ...FINAL_RETRY_MS]) {
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      await endRun(runId, ending);
      clearTimeout(stalled);
      await Promise.all(spooling);
      if (spooling.length > 0) await dropSpooled(runId);
      return;
    } catch (error) {
      logFault("run ending not stored", error, { runId });
      await keep();
    }
  }
  logWarning("run ending left to the spool", { runId });
}
