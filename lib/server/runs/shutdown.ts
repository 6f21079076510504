import "server-only";
import { monotonicMs } from "../clock";
import { getSettings } from "../env";
import { countInFlight } from "../in-flight";
import { logInfo } from "../log";
import { interruptLiveRuns, listLiveRuns, stopAccepting } from "./registry";

const POLL_MS = 50;
/** After the drain: time for the last checkpoints and events. */
const CLOSING_MS = 3_000;

/** After the last write: time for the sockets to take it. */
const FLUSH_MS = 200;

/** Waits until no run and no other piece of work is left, at most `forMs`. */
async function waitForWork(forMs: number): Promise<boolean> {
  for (const endMs = monotonicMs() + forMs; ; ) {
    if (listLiveRuns().length === 0 && countInFlight() === 0) {
      await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
      return true;
    }
    if (monotonicMs() >= endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** No new runs; the running ones are stored as interrupted and their readers told of the restart. */
export async function interruptRuns(): Promise<void> {
  interruptLiveRuns();
  await waitForWork(CLOSING_MS);
}

/** No new runs, `DRAIN_SECONDS` for the running ones; what is left then is interrupted. */
export async function drainRuns(): Promise<void> {
  stopAccepting();
  logInfo("draining", { runs: listLiveRuns().length });
  if (!(await waitForWork(getSettings().DRAIN_SECONDS * 1_000))) await interruptRuns();
}
