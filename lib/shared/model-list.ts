import type { ModelList } from "./schemas/model";

/** The wanted model where it is listed, else the first that is. */
export function chooseModel({ models }: ModelList, wanted: string): string {
  return models.some(({ id }) => id === wanted) ? wanted : (models[0]?.id ?? wanted);
}

/** Magicubes a call; null where it is not known. */
export function findPrice({ models }: ModelList, model: string): number | null {
  return models.find(({ id }) => id === model)?.price ?? null;
}
