import "server-only";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

/**
 * Ends a run that is too slow by aborting it with `timeout`: no first content, a pause, or the whole
 * too long. (The headers have their own deadline in the guarded fetch.)
 */
export function createWatchdog(abort: AbortController): {
  /** Call when content arrived; a mere keep-alive is no content. */
  onContent: () => void;
  /** Call when anything arrived. */
  onRead: () => void;
  stop: () => void;
} {
  const { RUN_TOTAL_MS, RUN_HEADERS_MS, RUN_FIRST_CONTENT_MS, RUN_IDLE_MS } = getSettings();
  const end = () => abort.abort(new AppError("timeout"));
  const total = setTimeout(end, RUN_TOTAL_MS);
  let pause = setTimeout(end, RUN_HEADERS_MS + RUN_FIRST_CONTENT_MS);
  let hasContent = false;
  const restart = () => {
    clearTimeout(pause);
    pause = setTimeout(end, RUN_IDLE_MS);
  };
  return {
    onContent: () => {
      hasContent = true;
      restart();
    },
    onRead: () => {
      if (hasContent) restart();
    },
    stop: () => {
      clearTimeout(total);
      clearTimeout(pause);
    },
  };
}
