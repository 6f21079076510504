import "server-only";
import { getSettings } from "./env";
import { startBackground } from "./jobs/background";
import { logFault } from "./log";
import { drainRuns, interruptRuns } from "./runs/shutdown";

/**
 * The start of a server process: refuses wrong settings, starts the jobs, orders the shutdown.
 * SIGTERM and SIGINT drain first; SIGHUP (the launcher died) stores and ends at once.
 */
export async function startLifecycle(): Promise<void> {
  try {
    getSettings();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  let isEnding = false;
  const endBy = (finish: () => Promise<void>) => () => {
    if (isEnding) return;
    isEnding = true;
    void finish().finally(() => process.exit(0));
  };
  process.on("SIGTERM", endBy(drainRuns));
  process.on("SIGINT", endBy(drainRuns));
  process.on("SIGHUP", endBy(interruptRuns));
  await startBackground().catch((error) => logFault("background", error));
}
