import "server-only";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";
import { logInfo } from "../log";
import { listLiveRuns, stopAccepting } from "./registry";

const POLL_MS = 50;
/** After the drain: time for the last checkpoints and events. */
const CLOSING_MS = 3_000;

async function waitForRuns(forMs: number): Promise<boolean> {
  for (const endMs = Date.now() + forMs; ; ) {
    if (listLiveRuns().length === 0) return true;
    if (Date.now() >= endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** No new runs; the running ones are stored as interrupted and their readers told of the restart. */
export async function interruptRuns(): Promise<void> {
  stopAccepting();
  for (const run of listLiveRuns()) run.abort.abort(new AppError("restarting"));
  await waitForRuns(CLOSING_MS);
}

/** No new runs, `DRAIN_SECONDS` for the running ones; what is left then is interrupted. */
export async function drainRuns(): Promise<void> {
  stopAccepting();
  logInfo("draining", { runs: listLiveRuns().length });
  if (!(await waitForRuns(getSettings().DRAIN_SECONDS * 1_000))) await interruptRuns();
}
