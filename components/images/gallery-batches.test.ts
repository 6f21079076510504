import { describe, expect, it } from "vitest";
import type { ImageView } from "@/lib/shared/schemas/image";
import { toBatches, toPlaces } from "./gallery-batches";

const image = (id: string, batchId = id, change: Partial<ImageView> = {}) =>
  ({
    id,
    batchId,
    batchIndex: 0,
    gridId: null,
    createdAt: "2026-11-26T00:00:00.000Z",
    status: "done",
    ...change,
  }) as ImageView;

describe("the gallery", () => {
  it("puts the pictures of one click together, in their order, and single ones in a row", () => {
    const list = [
      image("a"),
      image("b"),
      image("d", "c", { batchIndex: 1 }),
      image("c", "c"),
      image("e"),
    ];
    const batches = toBatches(list);
    expect(batches.map(({ images }) => images.map(({ id }) => id))).toEqual([
      ["a", "b"],
      ["c", "d"],
      ["e"],
    ]);
    expect(batches.map(({ isSeries }) => isSeries)).toEqual([false, true, false]);
  });

  it("counts who waits in the order of the clicks", () => {
    const list = [
      image("c", "b", { status: "new", batchIndex: 1, createdAt: "2026-11-26T23:59:59.999Z" }),
      image("b", "b", { status: "new", createdAt: "2026-11-27T00:00:00.000Z" }),
      image("a", "a", { status: "new" }),
      image("z", "z", { status: "polling" }),
    ];
    expect([...toPlaces(list)]).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
  });
});
