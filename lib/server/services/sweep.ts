import "server-only";
import { clearImageLeases } from "../db/image-tasks";
import { sweepLane } from "../db/lane";
import { deleteExpiredWindows } from "../db/rate-windows";
import { sweepRuns, sweepShortCalls } from "../db/run-sweep";
import { deleteExpiredSessions } from "../db/sessions";
import { logInfo } from "../log";
import { listLiveRuns } from "../runs/registry";
import { storeSpooled } from "../runs/spooled";
import { removeStaleUploads } from "./upload-removal";

/** Longer than any short call may take. */
const SHORT_CALL_LIMIT_MS = 5 * 60_000;

/**
 * Stores endings that were spooled, then ends runs that nobody produces any more; see `sweepRuns` of
 * the database layer.
 */
export async function sweepLostRuns({ all }: { all: boolean }): Promise<void> {
  await storeSpooled();
  const liveIds = listLiveRuns().map(({ id }) => id);
  const count = await sweepRuns({ all, liveIds });
  if (count > 0) logInfo("runs swept", { count });
  await sweepLane({ all, liveIds });
  await sweepShortCalls(SHORT_CALL_LIMIT_MS);
  if (all) await clearImageLeases();
}

/** Deletes what has run out and serves nobody any more. */
export async function deleteExpired(): Promise<void> {
  await deleteExpiredWindows();
  await deleteExpiredSessions();
  await removeStaleUploads();
}
