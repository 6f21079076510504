import "server-only";
import { FALLBACK_MODEL_IDS } from "@/lib/shared/models/fallback-ids";
import { findFamily, kindsOf } from "@/lib/shared/models/families";
import type { ModelKind } from "@/lib/shared/models/family";
import type { ModelList } from "@/lib/shared/schemas/model";
import { monotonicMs } from "../clock";
import { logWarning } from "../log";
import { fetchModelIds } from "../modelscope/models";

const FRESH_MS = 10 * 60_000;
const RETRY_MS = 30_000;

type Cache = { ids: string[] | null; nextReadMs: number; reading: Promise<void> | null };
const store = globalThis as unknown as { __mspModels?: Cache };

async function refresh(cache: Cache): Promise<void> {
  try {
    cache.ids = await fetchModelIds();
    cache.nextReadMs = monotonicMs() + FRESH_MS;
  } catch {
    logWarning("model list not readable");
    cache.nextReadMs = monotonicMs() + RETRY_MS;
  } finally {
    cache.reading = null;
  }
}

/** The ids in the cache; read anew when old, waiting only where nothing was ever read. */
async function readIds(): Promise<{ ids: readonly string[]; source: ModelList["source"] }> {
  store.__mspModels ??= { ids: null, nextReadMs: 0, reading: null };
  const cache = store.__mspModels;
  if (monotonicMs() >= cache.nextReadMs) {
    cache.reading ??= refresh(cache);
    if (!cache.ids) await cache.reading;
  }
  return cache.ids
    ? { ids: cache.ids, source: "live" }
    : { ids: FALLBACK_MODEL_IDS, source: "builtin" };
}

/** The models that API-Inference lists, with what our family table knows of them. */
export async function listModels(kind?: ModelKind): Promise<ModelList> {
  const { ids, source } = await readIds();
  const models = ids
    .map((id) => ({
      id,
      kinds: [...kindsOf(id)],
      reasoning: findFamily(id)?.reasoning ?? false,
    }))
    .filter(({ kinds }) => !kind || kinds.includes(kind));
  return { models, source };
}
