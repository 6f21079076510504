import "server-only";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

/** After the finish reason only the usage frame may come. */
const USAGE_GRACE_MS = 5_000;

export type Watchdog = {
  /** Call when ModelScope is asked; waiting in the lane is not limited. */
  onCall: () => void;
  onHeaders: () => void;
  /** Call when content arrived; a mere keep-alive is no content. */
  onContent: () => void;
  /** Call when the answer is complete. */
  onFinish: () => void;
  stop: () => void;
};

/**
 * Ends a run that is too slow by aborting it with `timeout`: no first content after the headers, a
 * pause, the whole too long. (The headers have their own deadline in the guarded fetch.)
 */
export function createWatchdog(abort: AbortController): Watchdog {
  const { RUN_TOTAL_MS, RUN_FIRST_CONTENT_MS, RUN_IDLE_MS } = getSettings();
  const end = () => abort.abort(new AppError("timeout"));
  let total: NodeJS.Timeout | undefined;
  let pause: NodeJS.Timeout | undefined;
  let pauseMs = 0;
  const restart = (ms: number) => {
    if (pause && pauseMs === ms) return void pause.refresh(); // once a chunk: no new timer
    clearTimeout(pause);
    pauseMs = ms;
    pause = setTimeout(end, ms);
  };
  return {
    onCall: () => {
      total = setTimeout(end, RUN_TOTAL_MS);
    },
    onHeaders: () => restart(RUN_FIRST_CONTENT_MS),
    onContent: () => restart(RUN_IDLE_MS),
    onFinish: () => restart(Math.min(USAGE_GRACE_MS, RUN_IDLE_MS)),
    stop: () => {
      clearTimeout(total);
      clearTimeout(pause);
    },
  };
}
