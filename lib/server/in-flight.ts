import "server-only";

const store = globalThis as unknown as { __mspInFlight?: Set<Promise<unknown>> };

/** Remembers a piece of work until it ends, so that a shutdown can wait for it. Answers the same promise. */
export function trackInFlight<Value>(work: Promise<Value>): Promise<Value> {
  store.__mspInFlight ??= new Set();
  const all = store.__mspInFlight;
  all.add(work);
  const forget = () => all.delete(work);
  work.then(forget, forget);
  return work;
}

/** How many pieces of work have not ended. */
export function countInFlight(): number {
  return store.__mspInFlight?.size ?? 0;
}
