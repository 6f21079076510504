import "server-only";
import { clearImageLeases } from "../db/image-tasks";
import { deleteExpiredWindows } from "../db/rate-windows";
import { sweepRuns, sweepTestCalls } from "../db/run-sweep";
import { deleteExpiredSessions } from "../db/sessions";
import { logInfo } from "../log";
import { listLiveRuns } from "../runs/registry";

/** Longer than any test call may take. */
const TEST_CALL_LIMIT_MS = 5 * 60_000;

/** Ends runs that nobody produces any more; see `sweepRuns` of the database layer. */
export async function sweepLostRuns({ all }: { all: boolean }): Promise<void> {
  const count = await sweepRuns({ all, liveIds: listLiveRuns().map(({ id }) => id) });
  if (count > 0) logInfo("runs swept", { count });
  await sweepTestCalls(TEST_CALL_LIMIT_MS);
  if (all) await clearImageLeases();
}

/** Deletes what has run out and serves nobody any more. */
export async function deleteExpired(): Promise<void> {
  await deleteExpiredWindows();
  await deleteExpiredSessions();
}
