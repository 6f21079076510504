import "server-only";
import { getSettings } from "./env";
import { startBackground } from "./jobs/background";
import { logFault } from "./log";
import { drainRuns, interruptRuns } from "./runs/shutdown";

/**
 * The start of a server process: refuses wrong settings, starts the jobs, orders the shutdown.
 * SIGTERM and SIGINT drain first, a second one no longer; SIGHUP (the launcher died) stores and ends at once.
 */
export async function startLifecycle(): Promise<void> {
  try {
    getSettings();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
  const end = (finish: () => Promise<void>) => void finish().finally(() => process.exit(0));
  let isEnding = false;
  /** The first signal drains; who sends another is in a hurry, and still loses no text. */
  const drain = () => {
    end(isEnding ? interruptRuns : drainRuns);
    isEnding = true;
  };
  process.on("SIGTERM", drain);
  process.on("SIGINT", drain);
  process.once("SIGHUP", () => end(interruptRuns));
  await startBackground().catch((error) => logFault("background", error));
}
