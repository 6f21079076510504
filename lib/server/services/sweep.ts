import "server-only";
import { DAY_MS } from "@/lib/shared/calendar";
import { now } from "../clock";
import { deleteLapsedGrants } from "../db/credits";
import { clearImageLeases } from "../db/image-tasks";
import { sweepLane } from "../db/lane";
import { deleteExpiredWindows } from "../db/rate-windows";
import { sweepRuns, sweepShortCalls } from "../db/run-sweep";
import { deleteExpiredSessions } from "../db/sessions";
import { deleteOldCalls } from "../db/usage-retention";
import { getSettings } from "../env";
import { logInfo } from "../log";
import { listLiveRuns } from "../runs/registry";
import { storeSpooled } from "../runs/spooled";
import { removeStaleUploads } from "./upload-removal";

const ROWS_AT_ONCE = 5_000;
/** A lapse explains a change of the balance until the balance is read again. */
const GRANTS_KEPT_MS = 30 * DAY_MS;
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

/** Deletes ledger rows that are older than they are to be kept; their sums stay for good. */
async function deleteOldUsage(): Promise<void> {
  const { USAGE_RETENTION_DAYS } = getSettings();
  if (USAGE_RETENTION_DAYS === 0) return;
  const before = new Date(now().getTime() - USAGE_RETENTION_DAYS * DAY_MS);
  let count = ROWS_AT_ONCE;
  while (count === ROWS_AT_ONCE) count = await deleteOldCalls(before, ROWS_AT_ONCE);
}

/** Deletes what has run out and serves nobody any more. */
export async function deleteExpired(): Promise<void> {
  await deleteOldUsage();
  await deleteLapsedGrants(new Date(now().getTime() - GRANTS_KEPT_MS));
  await deleteExpiredWindows();
  await deleteExpiredSessions();
  await removeStaleUploads();
}
