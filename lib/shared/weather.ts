import type { Model } from "./schemas/model";
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

/**
 * For a model that is gone or mostly fails: a listed one of the same kind that works, those first that the
 * team has called most. Null for a model that works, and where there is none.
 */
export function findInstead(model: Model, models: readonly Model[]): Model | null {
  if (model.state !== "withdrawn" && model.health?.sky !== "stormy") return null;
  const [kind] = model.kinds;
  const works = (other: Model) =>
    other.id !== model.id && other.state === "listed" && other.health?.sky !== "stormy";
  const alike = models.filter((other) => kind && other.kinds.includes(kind) && works(other));
  const calls = ({ health }: Model) => (health?.sky === "clear" ? (health.day?.calls ?? 0) : 0);
  return alike.toSorted((a, b) => calls(b) - calls(a))[0] ?? null;
}
