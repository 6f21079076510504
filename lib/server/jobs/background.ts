import "server-only";
import { getSettings } from "../env";
import { logFault } from "../log";
import { advanceImage, takeDueImages } from "../services/image-task";
import { deleteExpired, sweepLostRuns } from "../services/sweep";

const SWEEP_EVERY_MS = 5_000;
const EXPIRE_EVERY_MS = 10 * 60_000;
/** Five hundred tasks that are looked at each ten seconds make fifty looks a second. */
const MAX_IMAGE_STEPS_AT_ONCE = 50;

const store = globalThis as unknown as { __mspBackground?: NodeJS.Timeout[] };

/** Calls `work` again and again, never twice at once; a fault is logged and the next round comes. */
function repeat(name: string, everyMs: number, work: () => Promise<void>): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void work()
      .catch((error) => logFault(name, error))
      .finally(() => {
        isBusy = false;
      });
  }, everyMs).unref();
}

/** Hands out every picture whose next step is due; slow ones do not hold up the others. */
function createImageWorker(): () => Promise<void> {
  let atWork = 0;
  return async () => {
    const tasks = await takeDueImages(MAX_IMAGE_STEPS_AT_ONCE - atWork);
    for (const task of tasks) {
      atWork += 1;
      void advanceImage(task).finally(() => {
        atWork -= 1;
      });
    }
  };
}

/** Starts what works without a request: the picture worker and the run sweeper. Once a process. */
export async function startBackground(): Promise<void> {
  if (store.__mspBackground) return;
  const { EMBEDDED_DATABASE, RUN_POLL_MS, isServerless } = getSettings();
  const imageWorker = () => repeat("image worker", Math.min(500, RUN_POLL_MS), createImageWorker());
  store.__mspBackground = [
    // A process that is frozen between requests would be so in the middle of a step.
    ...(isServerless ? [] : [imageWorker()]),
    repeat("run sweeper", SWEEP_EVERY_MS, () => sweepLostRuns({ all: false })),
    repeat("expiry", EXPIRE_EVERY_MS, deleteExpired),
  ];
  // The embedded database has one instance only: what is active at its start was left by a crash.
  await sweepLostRuns({ all: EMBEDDED_DATABASE === "1" });
}
