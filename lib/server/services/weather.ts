import "server-only";
import type { ModelWeather, WeatherSpan } from "@/lib/shared/schemas/weather";
import { TELLING_CALLS, tellingSpan } from "@/lib/shared/weather";
import { monotonicMs } from "../clock";
import { readWeather, type WeatherRow } from "../db/weather";

const FRESH_MS = 30_000;
/** Below these shares a model is no longer clear, or stormy. */
const CLEAR = 0.9;
const STORMY = 0.5;

export type Sky = ReadonlyMap<string, ModelWeather>;
type Cached = { sky: Sky; readMs: number };
const store = globalThis as unknown as { __mspWeather?: Cached };

function toSpan(row: WeatherRow | undefined): WeatherSpan | null {
  if (!row) return null;
  const { calls, succeeded, limited, p50, p95 } = row;
  return { calls, succeeded: succeeded / calls, limited: limited / calls, p50, p95 };
}

function toSky(hour: WeatherSpan | null, day: WeatherSpan | null): ModelWeather["sky"] {
  const { span: telling } = tellingSpan({ hour, day });
  if (!telling || telling.succeeded >= CLEAR) return "clear";
  if (telling.calls < TELLING_CALLS) return "few";
  return telling.succeeded < STORMY ? "stormy" : "mixed";
}

function toWeather(rows: readonly WeatherRow[]): ModelWeather {
  const hour = toSpan(rows.find(({ isHour }) => isHour));
  const day = toSpan(rows.find(({ isHour }) => !isHour));
  return { hour, day, sky: toSky(hour, day) };
}

/** How each model did for the team lately, by its id; at most half a minute old. */
export async function readSky(): Promise<Sky> {
  const cached = store.__mspWeather;
  if (cached && monotonicMs() - cached.readMs < FRESH_MS) return cached.sky;
  const rows = Map.groupBy(await readWeather(), ({ model }) => model);
  const sky = new Map([...rows].map(([model, own]) => [model, toWeather(own)]));
  store.__mspWeather = { sky, readMs: monotonicMs() };
  return sky;
}
