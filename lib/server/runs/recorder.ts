import "server-only";
import { AppError } from "@/lib/shared/errors";
import { endRun, type RunEnding, renewLease, saveCheckpoint } from "../db/runs";
import { getSettings } from "../env";
import { logFault, logWarning } from "../log";
import { type LiveRun, lengthOfCalls } from "./live-run";

const CHECKPOINT_CHARACTERS = 2_048;
const FINAL_RETRY_MS = [100, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Keeps the row of a run up to date, off the token path: at most one write at a time, after each
 * second or 2 KB of new text, and a renewed lease while nothing comes.
 */
export function createRecorder(run: LiveRun): { onText: () => void; stop: () => Promise<void> } {
  const { RUN_CHECKPOINT_MS, RUN_LEASE_MS } = getSettings();
  let savedLength = 0;
  let writing: Promise<void> | null = null;
  let renewedMs = Date.now();

  const length = () => run.text.length + run.reasoning.length + lengthOfCalls(run.toolCalls);
  const write = async () => {
    const hasNews = length() !== savedLength;
    const isLeaseOld = Date.now() - renewedMs > RUN_LEASE_MS / 3;
    if (!hasNews && !isLeaseOld) return;
    const lengthNow = length();
    const { text, reasoning, toolCalls, firstTokenAt } = run;
    const part = { text, reasoning, toolCalls, firstTokenAt };
    try {
      const row = hasNews
        ? await saveCheckpoint(run.id, { ...part, leaseMs: RUN_LEASE_MS })
        : await renewLease(run.id, RUN_LEASE_MS);
      savedLength = lengthNow;
      renewedMs = Date.now();
      // Another instance asked for a stop, or the row was deleted with its conversation.
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
  const timer = setInterval(kick, RUN_CHECKPOINT_MS);
  return {
    onText: () => {
      if (length() - savedLength >= CHECKPOINT_CHARACTERS) kick();
    },
    stop: async () => {
      clearInterval(timer);
      await writing;
    },
  };
}

/**
 * Writes the end of a run, again and again for about a minute while the database is away. The
 * reader has the whole text by then; what fails for good is left to the sweeper.
 */
export async function recordEnding(runId: string, ending: RunEnding): Promise<void> {
  for (const waitMs of [...FINAL_RETRY_MS, null]) {
    try {
      await endRun(runId, ending);
      return;
    } catch (error) {
      logFault("run ending not stored", error, { runId });
      if (waitMs === null) break;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  logWarning("run ending given up; the sweeper will settle it", { runId });
}
