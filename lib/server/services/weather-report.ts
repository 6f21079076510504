import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { Weather } from "@/lib/shared/schemas/weather";
import { findInstead } from "@/lib/shared/weather";
import { now } from "../clock";
import { listModels } from "./models";

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
        instead: findInstead(model, models)?.id ?? null,
      }))
      .sort((a, b) => (b.day?.calls ?? 0) - (a.day?.calls ?? 0) || a.model.localeCompare(b.model)),
  };
}
