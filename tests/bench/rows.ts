/** One line of a bench: ours against a floor measured in the same run. */
export type Row = {
  name: string;
  ours: number;
  floor: number;
  ratio: number;
  bar: string;
  ok: boolean;
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const round = (value: number) => Number(value.toPrecision(4));

/** Prints a row as JSON; `bar` is the highest ratio that is good. */
export function printRow(name: string, ours: number, floor: number, bar: number): Row {
  const ratio = ours / floor;
  const row = {
    name,
    ours: round(ours),
    floor: round(floor),
    ratio: round(ratio),
    bar: `≤ ${bar}`,
    ok: ratio <= bar,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
  return row;
}

/** Runs the parts one after the other, round after round, and gives the median time of each in ms. */
export async function interleave<Name extends string>(
  rounds: number,
  parts: Record<Name, () => Promise<void> | void>,
): Promise<Record<Name, number>> {
  const names = Object.keys(parts) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      globalThis.gc?.();
      const startedMs = performance.now();
      await parts[name]();
      // The first round warms up.
      if (round > 0) times[name].push(performance.now() - startedMs);
    }
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<
    Name,
    number
  >;
}
