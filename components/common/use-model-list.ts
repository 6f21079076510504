"use client";

import { useEffect, useState } from "react";
import { asApiError, callApi, sendApi } from "@/lib/client/api";
import type { ModelKind } from "@/lib/shared/models/family";
import {
  type Model,
  type ModelList,
  modelAnswerSchema,
  modelIdSchema,
  modelListSchema,
} from "@/lib/shared/schemas/model";

export type ModelFilter = "all" | "favourites" | "reasoning" | "vision";

const isWanted = (model: Model, filter: ModelFilter, isPinned: boolean) => {
  if (filter === "favourites") return model.isFavourite || isPinned;
  if (filter === "reasoning") return model.reasoning;
  return filter === "all" || model.kinds.includes("vision");
};

/** Newest use first. */
const byUse = (a: Model, b: Model) => (b.lastUsedAt ?? "").localeCompare(a.lastUsedAt ?? "");

const RECENT = 4;

/**
 * The models that match, in the groups in which they are shown; no model stands in two. `pinned` were
 * favourites when the list was read: a row that is marked stays where it is, with the focus on it.
 */
function toGroups(
  models: readonly Model[],
  { search, filter, pinned }: { search: string; filter: ModelFilter; pinned: ReadonlySet<string> },
) {
  const wanted = search.trim().toLowerCase();
  const found = models.filter(
    (model) =>
      isWanted(model, filter, pinned.has(model.id)) &&
      `${model.id} ${model.name ?? ""}`.toLowerCase().includes(wanted),
  );
  const favourites = found.filter(({ id }) => pinned.has(id));
  const others = found.filter(({ id }) => !pinned.has(id));
  const recent = others
    .filter(({ lastUsedAt }) => lastUsedAt !== null)
    .sort(byUse)
    .slice(0, RECENT);
  const rest = others.filter((model) => !recent.includes(model));
  const served = rest.filter(({ state }) => state !== "withdrawn");
  const gone = rest.filter(({ state }) => state === "withdrawn");
  return { favourites, recent, all: [...served, ...gone] };
}

const favouritesOf = ({ models }: ModelList) =>
  new Set(models.filter(({ isFavourite }) => isFavourite).map(({ id }) => id));

/** An id as it was typed, or as a link to its page on ModelScope. */
const toTypedId = (text: string) =>
  /modelscope\.(?:cn|ai)\/models\/([^/?#\s]+\/[^/?#\s]+)/.exec(text)?.[1] ?? text.trim();

/** The list behind a picker: read anew when it opens, searched here, favourites marked at once. */
export function useModelList(initial: ModelList, kind: ModelKind) {
  const [list, setList] = useState(initial);
  const [pinned, setPinned] = useState(() => favouritesOf(initial));
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<ModelFilter>("all");
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    callApi(modelListSchema, `/api/models?kind=${kind}`).then(
      (read) => {
        setList(read);
        setPinned(favouritesOf(read));
      },
      () => undefined,
    );
  }, [kind]);

  const setFavourite = (model: Model, isFavourite: boolean) => {
    const mark = (value: boolean) =>
      setList((before) => ({
        ...before,
        models: before.models.map((m) => (m.id === model.id ? { ...m, isFavourite: value } : m)),
      }));
    mark(isFavourite);
    sendApi("/api/models/favourites", {
      method: "PUT",
      body: { model: model.id, isFavourite },
    }).catch(() => mark(!isFavourite));
  };

  const typed = toTypedId(search);
  const isKnown = list.models.some(({ id }) => id === typed);
  const canUseTyped = modelIdSchema.safeParse(typed).success && !isKnown;

  /** Asks, free of charge, whether the typed id is served; null where it is not, and why. */
  const checkTyped = async (): Promise<Model | null> => {
    setFault(null);
    try {
      const { model } = await callApi(
        modelAnswerSchema,
        `/api/models/check?kind=${kind}&id=${encodeURIComponent(typed)}`,
      );
      return model;
    } catch (error) {
      const api = asApiError(error);
      setFault(api.fields.model ?? api.fields.id ?? api.message);
      return null;
    }
  };

  return {
    list,
    groups: toGroups(list.models, { search: typed, filter, pinned }),
    search,
    setSearch: (text: string) => {
      setFault(null);
      setSearch(text);
    },
    filter,
    setFilter,
    setFavourite,
    typed: canUseTyped ? typed : null,
    checkTyped,
    fault,
  };
}
