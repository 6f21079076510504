import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { Model } from "@/lib/shared/schemas/model";
import type { Weather } from "@/lib/shared/schemas/weather";
import { now } from "../clock";
import { listModels } from "./models";

/** A listed model of the same kind that works, those the team has called first. */
function findInstead(model: Model, models: readonly Model[]): string | null {
  const [kind] = model.kinds;
  const works = (other: Model) =>
    other.id !== model.id && other.state === "listed" && other.health?.sky !== "stormy";
  const alike = models.filter((other) => kind && other.kinds.includes(kind) && works(other));
  const calls = ({ health }: Model) => (health?.sky === "clear" ? (health.day?.calls ?? 0) : 0);
  return alike.toSorted((a, b) => calls(b) - calls(a))[0]?.id ?? null;
}

/** The weather of all models that the team called lately, and of those that were withdrawn, most called first. */
export async function getWeather(actor: Actor): Promise<Weather> {
  const { models } = await listModels(actor);
  const shown = models.filter(({ health, state }) => health !== null || state === "withdrawn");
  return {
    readAt: now().toISOString(),
    models: shown
      .map((model) => ({
        model: model.id,
        ...(model.health ?? { hour: null, day: null, sky: "clear" as const }),
        withdrawnAt: model.withdrawnAt,
        instead:
          model.state === "withdrawn" || model.health?.sky === "stormy"
            ? findInstead(model, models)
            : null,
      }))
      .sort((a, b) => (b.day?.calls ?? 0) - (a.day?.calls ?? 0) || a.model.localeCompare(b.model)),
  };
}
