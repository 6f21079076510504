import "server-only";
import type { LiveRun } from "./live-run";

/** Hands bytes to every reader of a run. */
export function send(run: LiveRun, bytes: Uint8Array): void {
  for (const subscriber of run.subscribers) {
    try {
      subscriber.write(bytes);
    } catch {
      run.subscribers.delete(subscriber); // the reader left between two events
    }
  }
}

/** Hands every reader the closing, and lets them go. */
export function endReading(run: LiveRun, closing: Uint8Array): void {
  for (const subscriber of run.subscribers) subscriber.end(closing);
  run.subscribers.clear();
}
