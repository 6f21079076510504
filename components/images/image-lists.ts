import type { ModelList } from "@/lib/shared/schemas/model";

/** The catalogue by what its models do. */
export type ImageLists = { image: ModelList; edit: ModelList };
