import "server-only";

/** The current instant. The only reader of the wall clock, so that tests can move it. */
export function now(): Date {
  return new Date(Date.now());
}

/** Milliseconds that only grow; for durations. */
export function monotonicMs(): number {
  return performance.now();
}
