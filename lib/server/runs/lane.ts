import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { joinLane, type LanePlace, takeTurn } from "../db/lane";
import { getSettings } from "../env";
import { logFault } from "../log";

/** ModelScope promises one call of a token at a time, so the calls of one token wait for each other. */

/** How often the place is asked for while calls of other instances may be before this one. */
const LOOK_EVERY_MS = 500;

const store = globalThis as unknown as { __mspLane?: Map<string, Set<() => void>> };

function waitersOf(userId: string): Set<() => void> {
  store.__mspLane ??= new Map();
  const waiters = store.__mspLane.get(userId) ?? new Set();
  store.__mspLane.set(userId, waiters);
  return waiters;
}

/** Lets the waiting calls of a user look at once, after one of theirs ended. */
export function wakeLane(userId: string): void {
  for (const wake of store.__mspLane?.get(userId) ?? []) wake();
}

/** Until something changed in this process, or it is time to look. Throws the reason of an abort. */
async function waitForChange(userId: string, signal: AbortSignal): Promise<void> {
  const waiters = waitersOf(userId);
  const { promise: changed, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const timer = setTimeout(wake, LOOK_EVERY_MS);
  waiters.add(wake);
  signal.addEventListener("abort", wake, { once: true });
  await changed;
  clearTimeout(timer);
  signal.removeEventListener("abort", wake);
  waiters.delete(wake);
  if (waiters.size === 0) store.__mspLane?.delete(userId);
  signal.throwIfAborted();
}

export type Waiting = {
  id: string;
  userId: UserId;
  /** A run has a row, which may be stopped or deleted meanwhile. */
  isRun: boolean;
  signal: AbortSignal;
  /** How many calls are before it, each time that changes; 0 once, after it had to wait. */
  onPlace: (place: number) => void;
};

/** The place of a call; null while the database is away, since nobody may go then. */
async function look({ id, userId, isRun }: Waiting): Promise<LanePlace | null> {
  const { RUN_LEASE_MS } = getSettings();
  try {
    const call = { leaseMs: RUN_LEASE_MS, isRun };
    const place = await takeTurn(id, call);
    if (place) return place;
    await joinLane(userId, id, RUN_LEASE_MS);
    return await takeTurn(id, call);
  } catch (error) {
    logFault("lane not readable", error, { id });
    return null;
  }
}

/**
 * Resolves when it is this call's turn, with the moment. Throws the reason of an abort, and `stopped`
 * where another instance was asked for it.
 */
export async function waitForTurn(call: Waiting): Promise<Date> {
  let known = 0;
  for (;;) {
    const found = await look(call);
    call.signal.throwIfAborted();
    if (found?.stopRequested) throw new AppError("stopped");
    const place = found?.enteredAt ? 0 : (found?.place ?? Math.max(1, known));
    if (place !== known) call.onPlace(place);
    known = place;
    if (found?.enteredAt) return found.enteredAt;
    await waitForChange(call.userId, call.signal);
  }
}
