import { describe, expect, it } from "vitest";
import { findGridFaults, type GridPlan, gridPlanSchema, readValues, toCells } from "./image-grid";

const order = { model: "Qwen/Qwen-Image", prompt: "a heron", steps: 20 };
const loras = [
  { id: "a/one", weight: 0.5 },
  { id: "a/two", weight: 0.25 },
  { id: "a/three", weight: 0.25 },
];

describe("the cells of a grid", () => {
  it("stand row by row, each with its whole setting", () => {
    const plan: GridPlan = {
      order,
      x: { key: "seed", values: [1, 2] },
      y: { key: "guidance", values: [2, 4] },
    };
    expect(toCells(plan)).toEqual([
      { index: 0, x: 1, y: 2, model: order.model, parameters: { steps: 20, seed: 1, guidance: 2 } },
      { index: 1, x: 2, y: 2, model: order.model, parameters: { steps: 20, seed: 2, guidance: 2 } },
      { index: 2, x: 1, y: 4, model: order.model, parameters: { steps: 20, seed: 1, guidance: 4 } },
      { index: 3, x: 2, y: 4, model: order.model, parameters: { steps: 20, seed: 2, guidance: 4 } },
    ]);
  });

  it("of one side differ in one value alone", () => {
    const plan: GridPlan = { order, x: { key: "model", values: ["a/b", "c/d"] } };
    expect(toCells(plan).map(({ model, y }) => [model, y])).toEqual([
      ["a/b", null],
      ["c/d", null],
    ]);
  });

  it("of a LoRA's weight leave the others the rest, in their proportion", () => {
    const plan: GridPlan = {
      order: { ...order, loras },
      x: { key: "loraWeight", values: [0.2, 0.6] },
    };
    expect(
      toCells(plan).map(({ parameters }) => parameters.loras?.map(({ weight }) => weight)),
    ).toEqual([
      [0.2, 0.4, 0.4],
      [0.6, 0.2, 0.2],
    ]);
  });
});

describe("what is refused before anything is paid", () => {
  const turbo = { model: "Tongyi-MAI/Z-Image-Turbo", prompt: "a heron" };
  const numbers = (count: number) => Array.from({ length: count }, (_none, index) => index + 1);
  const cases: [string, GridPlan, string, string][] = [
    [
      "twice the same side",
      { order, x: { key: "seed", values: [1] }, y: { key: "seed", values: [2] } },
      "y",
      "gridSame",
    ],
    [
      "more cells than a sheet has room for",
      { order, x: { key: "seed", values: numbers(16) }, y: { key: "steps", values: numbers(5) } },
      "x",
      "countMax",
    ],
    [
      "weights of a single LoRA",
      { order, x: { key: "loraWeight", values: [0.5] } },
      "x",
      "gridLoras",
    ],
    [
      "a size that a model does not make",
      { order: turbo, x: { key: "seed", values: [1] }, y: { key: "size", values: ["64x64"] } },
      "y",
      "sizeRange",
    ],
    [
      "a model that makes no pictures",
      { order, x: { key: "model", values: ["Qwen/Qwen3-8B"] } },
      "x",
      "modelNotImage",
    ],
  ];
  for (const [name, plan, field, key] of cases) {
    it(name, () => expect(findGridFaults(plan)).toMatchObject({ [field]: { key } }));
  }

  it("values that are none, or stand there twice", () => {
    for (const x of [
      { key: "seed", values: [1, 1] },
      { key: "seed", values: [1.5] },
      { key: "steps", values: [0] },
      { key: "guidance", values: [Number.NaN] },
      { key: "size", values: ["big"] },
      { key: "model", values: ["nobody"] },
      { key: "prompt", values: ["x"] },
      { key: "seed", values: [] },
    ]) {
      expect(gridPlanSchema.safeParse({ order, x }).success).toBe(false);
    }
  });
});

describe("values as people write them", () => {
  it("with commas of either script, blanks, and whole numbers in a row", () => {
    expect(readValues("seed", "1，2、7 9")).toEqual([1, 2, 7, 9]);
    expect(readValues("seed", "3-6")).toEqual([3, 4, 5, 6]);
    expect(readValues("guidance", "2.5, 4")).toEqual([2.5, 4]);
    expect(readValues("size", "1024×1024 768X512")).toEqual(["1024x1024", "768x512"]);
    expect(readValues("model", "a/b, c/d")).toEqual(["a/b", "c/d"]);
    expect(readValues("seed", "x")).toEqual([Number.NaN]);
    expect(readValues("seed", "0-99999999")).toHaveLength(17);
    expect(readValues("seed", "")).toEqual([]);
  });
});
