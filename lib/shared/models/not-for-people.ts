import type { ModelFamily } from "./family";

/** `/v1/models` lists them among the others; they answer with vectors or scores. */
export const embedding: ModelFamily = {
  name: "Embedding",
  ids: /^[^/]+\/.*(Embedding|Reranker)/i,
  kinds: [],
  thinking: null,
  image: null,
};
