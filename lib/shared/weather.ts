import type { WeatherSpan } from "./schemas/weather";

/** Fewer calls say too little. */
export const TELLING_CALLS = 3;

/** The span that says how a model does now: the hour, where it has calls enough, else the day. */
export function tellingSpan(health: { hour: WeatherSpan | null; day: WeatherSpan | null }): {
  span: WeatherSpan | null;
  isHour: boolean;
} {
  const isHour = health.hour !== null && health.hour.calls >= TELLING_CALLS;
  return { span: isHour ? health.hour : health.day, isHour };
}
