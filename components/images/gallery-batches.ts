import type { ImageView } from "@/lib/shared/schemas/image";

export type Batch = {
  key: string;
  /** The pictures of one click in their order; or pictures of single clicks, one after the other. */
  images: ImageView[];
  isSeries: boolean;
};

/** A list in the order of time as it is shown: clicks of several pictures stand by themselves. */
export function toBatches(images: readonly ImageView[]): Batch[] {
  const sizes = Map.groupBy(images, ({ batchId }) => batchId);
  const isOfSeries = ({ batchId, gridId }: ImageView) =>
    gridId !== null || (sizes.get(batchId)?.length ?? 0) > 1;
  const batches = new Map<string, Batch>();
  let singles = "";
  for (const image of images) {
    const isSeries = isOfSeries(image);
    // Single ones stand together until a series comes between them.
    singles = isSeries ? "" : singles || image.id;
    const key = isSeries ? image.batchId : singles;
    const batch = batches.get(key) ?? { key, images: [], isSeries };
    batch.images.push(image);
    batches.set(key, batch);
  }
  for (const { isSeries, images: own } of batches.values()) {
    if (isSeries) own.sort((a, b) => a.batchIndex - b.batchIndex);
  }
  return [...batches.values()];
}

/** How many pictures of the list go before each one that waits; itself not counted. */
export function toPlaces(images: readonly ImageView[]): Map<string, number> {
  // Of one click the first picture is the newest.
  const clickedMs = ({ createdAt, batchIndex }: ImageView) => Date.parse(createdAt) + batchIndex;
  const waiting = images
    .filter(({ status }) => status === "new")
    .sort((a, b) => clickedMs(a) - clickedMs(b) || a.batchIndex - b.batchIndex);
  return new Map(waiting.map(({ id }, index) => [id, index + 1]));
}
