/** The time of the simulated world: the machine's, moved forward by what a test asks for. */
export type Clock = {
  nowMs: () => number;
  advance: (ms: number) => void;
};

export const DAY_MS = 24 * 60 * 60 * 1_000;
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1_000;

export function createClock(): Clock {
  let aheadMs = 0;
  return {
    nowMs: () => Date.now() + aheadMs,
    advance: (ms) => {
      aheadMs += ms;
    },
  };
}

/** Number of a quota day, which begins at 00:00 UTC+8 (inferred: never stated officially). */
export function chinaDayOf(nowMs: number): number {
  return Math.floor((nowMs + CHINA_OFFSET_MS) / DAY_MS);
}
