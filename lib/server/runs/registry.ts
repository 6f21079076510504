import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { LiveRun } from "./live-run";

type Registry = { runs: Map<string, LiveRun>; isDraining: boolean; isEnding: boolean };

// On globalThis: instrumentation.ts has module instances of its own.
const store = globalThis as unknown as { __mspRuns?: Registry };

function getRegistry(): Registry {
  store.__mspRuns ??= { runs: new Map(), isDraining: false, isEnding: false };
  return store.__mspRuns;
}

/** Throws `restarting` once the process has been asked to end. */
export function requireAccepting(): void {
  if (getRegistry().isDraining) throw new AppError("restarting", { retryAfterSeconds: 5 });
}

export function stopAccepting(): void {
  getRegistry().isDraining = true;
}

export function isDraining(): boolean {
  return getRegistry().isDraining;
}

export function addLiveRun(run: LiveRun): void {
  const registry = getRegistry();
  registry.runs.set(run.id, run);
  if (registry.isEnding) run.abort.abort(new AppError("restarting"));
}

/** Ends all runs, and every one that still comes: the process is about to end. */
export function interruptLiveRuns(): void {
  const registry = getRegistry();
  Object.assign(registry, { isDraining: true, isEnding: true });
  for (const run of registry.runs.values()) run.abort.abort(new AppError("restarting"));
}

export function removeLiveRun(id: string): void {
  getRegistry().runs.delete(id);
}

/** The run if this process produces it for this user. */
export function findLiveRun(userId: string, id: string): LiveRun | null {
  const run = getRegistry().runs.get(id);
  return run && run.userId === userId ? run : null;
}

/** The run if this process produces it, whoever's it is. */
export function findLiveRunById(id: string): LiveRun | null {
  return getRegistry().runs.get(id) ?? null;
}

export function listLiveRuns(): LiveRun[] {
  return [...getRegistry().runs.values()];
}
