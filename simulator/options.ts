/** What can be switched while the simulator runs, through `state.options` or `PUT /__simulator/options`. */
export type SimulatorOptions = {
  /** Pause between two frames of a stream. */
  chunkDelayMs: number;
  /** Pause before the first frame. */
  firstChunkDelayMs: number;
  /** Pause before the first frame of `simulator/slow-first`. */
  slowFirstMs: number;
  /** How often a picture answers `PENDING` or `RUNNING` before it is done. */
  pollsUntilDone: number;
  /** Above 0 a picture is done after this time of the clock, however often it is polled. */
  taskMs: number;
  /** `magicube`: today's balance. `daily`: the counts, headers and 429 texts before summer 2026. */
  era: "magicube" | "daily";
  /** Where an error of the older style has its request id; both were captured. */
  requestIdPlace: "error" | "top";
  /** Unit of `created` in answers; milliseconds were captured, other backends give seconds. */
  createdUnit: "ms" | "s";
  /** Calls of one token that may run at once; pictures being made do not count, only open requests. */
  concurrency: number;
  /** Whether a new day's Magicubes are granted when the old ones expire, as to somebody who visits the site. */
  visitsSite: boolean;
  /** Pictures come at once, in the shape of 2025. */
  syncImages: boolean;
  /** Where `simulator/redirect-*` and `[redirect-internal]` lead. */
  redirectTo: string;
  /** Pause between two bytes of `[drip]`. */
  dripMs: number;
};

export const DEFAULT_OPTIONS: SimulatorOptions = {
  chunkDelayMs: 20,
  firstChunkDelayMs: 250,
  slowFirstMs: 3_000,
  pollsUntilDone: 1,
  taskMs: 0,
  era: "magicube",
  requestIdPlace: "error",
  createdUnit: "ms",
  concurrency: Number.POSITIVE_INFINITY,
  visitsSite: true,
  syncImages: false,
  redirectTo: "http://127.0.0.1:9/",
  dripMs: 1_000,
};

/** The allowed words of the options that are neither any number, any text nor a switch. */
const CHOICES: Partial<Record<keyof SimulatorOptions, readonly string[]>> = {
  era: ["magicube", "daily"],
  requestIdPlace: ["error", "top"],
  createdUnit: ["ms", "s"],
};

function isAllowed(key: keyof SimulatorOptions, value: unknown): boolean {
  const words = CHOICES[key];
  if (words) return typeof value === "string" && words.includes(value);
  return typeof value === typeof DEFAULT_OPTIONS[key] && !Number.isNaN(value);
}

const isOptionName = (key: string): key is keyof SimulatorOptions =>
  Object.hasOwn(DEFAULT_OPTIONS, key);

/**
 * Sets the options that `change` names; gives the names it could not set. `null` as a number means
 * without limit, since JSON has no infinity.
 */
export function changeOptions(
  options: SimulatorOptions,
  change: Record<string, unknown>,
): string[] {
  const entries = Object.entries(change).map(([key, value]) => {
    const isNumber = isOptionName(key) && typeof DEFAULT_OPTIONS[key] === "number";
    return [key, value === null && isNumber ? Number.POSITIVE_INFINITY : value] as const;
  });
  const wrong = entries.filter(([key, value]) => !(isOptionName(key) && isAllowed(key, value)));
  if (wrong.length === 0) Object.assign(options, Object.fromEntries(entries));
  return wrong.map(([key]) => key);
}

/** `SIMULATOR_CHUNK_DELAY_MS=5` → `chunkDelayMs: 5`, for every option. Throws for what it cannot read. */
export function readOptions(env: Record<string, string | undefined>): Partial<SimulatorOptions> {
  const options = { ...DEFAULT_OPTIONS };
  const change: Record<string, unknown> = {};
  for (const [key, fallback] of Object.entries(DEFAULT_OPTIONS)) {
    const text = env[`SIMULATOR_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`];
    if (text === undefined) continue;
    if (typeof fallback === "number") change[key] = Number(text);
    else change[key] = typeof fallback === "boolean" ? text === "true" : text;
  }
  const wrong = changeOptions(options, change);
  if (wrong.length > 0) throw new Error(`unreadable simulator options: ${wrong.join(", ")}`);
  return change;
}
