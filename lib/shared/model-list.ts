import { DEFAULT_CHAT_MODEL } from "./models/fallback-ids";
import type { ModelKind } from "./models/family";
import type { ModelList } from "./schemas/model";

/** The wanted model where it is listed, else the first that is. */
export function chooseModel({ models }: ModelList, wanted: string): string {
  return models.some(({ id }) => id === wanted) ? wanted : (models[0]?.id ?? wanted);
}

/** Those of the list that are good for a kind of call. */
export function ofKind(list: ModelList, kind: ModelKind): ModelList {
  return { ...list, models: list.models.filter(({ kinds }) => kinds.includes(kind)) };
}

/** The cheapest listed model, the usual one among equals or where no price is known. */
export function chooseCheapest({ models }: ModelList): string {
  const usable = models.filter(({ state, price }) => state === "listed" && price !== null);
  const [cheapest] = usable.sort(
    (a, b) =>
      (a.price ?? 0) - (b.price ?? 0) ||
      Number(b.id === DEFAULT_CHAT_MODEL) - Number(a.id === DEFAULT_CHAT_MODEL),
  );
  return cheapest?.id ?? DEFAULT_CHAT_MODEL;
}

/** Magicubes a call; null where it is not known. */
export function findPrice({ models }: ModelList, model: string): number | null {
  return models.find(({ id }) => id === model)?.price ?? null;
}

/** Whether it takes pictures; of a model that is not listed nobody knows, so it may. */
export function canSee({ models }: ModelList, model: string): boolean {
  return models.find(({ id }) => id === model)?.kinds.includes("vision") ?? true;
}
