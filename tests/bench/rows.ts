/** One line of a bench: ours against a floor measured in the same run. */
export type Row = {
  name: string;
  ours: number;
  floor: number;
  ratio: number;
  bar: string;
  ok: boolean;
};

/** The value that a share of all are not above; 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

const round = (value: number) => Number(value.toPrecision(4));

/** Prints a row as JSON; `bar` is the highest ratio that is good, or with `isLeast` the lowest. */
export function printRow(
  name: string,
  ours: number,
  floor: number,
  bar: number,
  { isLeast = false } = {},
): Row {
  const ratio = ours / floor;
  const row = {
    name,
    ours: round(ours),
    floor: round(floor),
    ratio: round(ratio),
    bar: `${isLeast ? "≥" : "≤"} ${bar}`,
    ok: isLeast ? ratio >= bar : ratio <= bar,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
  return row;
}

/** Prints a row that is held against a fixed number, not against a floor. */
export function printValue(name: string, ours: number, bar: number, unit: string): void {
  const row = { name, ours: round(ours), unit, bar: `≤ ${bar}`, ok: ours <= bar };
  process.stdout.write(`${JSON.stringify(row)}\n`);
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
