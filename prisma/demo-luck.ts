/** The same numbers at each run, so that pictures of the demo can be compared. */
function createRandom(): () => number {
  let state = 20_261_122;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
export const random = createRandom();

type Luck = "good" | "silent" | "stopped" | "refused";

/** Most calls end well; some report no tokens, some are stopped, some refused. */
export function drawLuck(): Luck {
  const luck = random();
  if (luck < 0.9) return "good";
  if (luck < 0.93) return "silent";
  return luck < 0.96 ? "stopped" : "refused";
}

export const STATUSES = {
  good: "complete",
  silent: "complete",
  stopped: "stopped",
  refused: "failed",
} as const;
