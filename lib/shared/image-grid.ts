import { z } from "zod";
import type { FieldFault } from "./errors";
import { IMAGE_PARAMS, type ImageParameters, imageParamShape } from "./image-params";
import { balance } from "./loras";
import { findImageFaults, findModelFault, imageLimitsOf } from "./models/families";
import { createImageBodySchema } from "./schemas/image";
import { modelIdSchema } from "./schemas/model";

/** What can stand along a side; `loraWeight` is that of the first LoRA, the others share the rest. */
export const AXIS_KEYS = ["seed", "steps", "guidance", "size", "model", "loraWeight"] as const;
export type AxisKey = (typeof AXIS_KEYS)[number];

const MAX_VALUES = 16;
const MAX_CELLS = 64;

const MIN_WEIGHT = 0.01;
const MAX_WEIGHT = 0.99;

const valueShape = {
  seed: imageParamShape.seed.unwrap(),
  steps: imageParamShape.steps.unwrap(),
  guidance: imageParamShape.guidance.unwrap(),
  size: imageParamShape.size.unwrap(),
  model: modelIdSchema,
  loraWeight: z.number().min(MIN_WEIGHT).max(MAX_WEIGHT),
} satisfies Record<AxisKey, z.ZodType>;

const axisOf = <Key extends AxisKey>(key: Key) =>
  z.strictObject({
    key: z.literal(key),
    values: z
      .array(valueShape[key])
      .min(1)
      .max(MAX_VALUES)
      .refine((values) => new Set<unknown>(values).size === values.length, {
        error: "validation.gridTwice",
      }),
  });

const axisSchema = z.discriminatedUnion("key", [
  axisOf("seed"),
  axisOf("steps"),
  axisOf("guidance"),
  axisOf("size"),
  axisOf("model"),
  axisOf("loraWeight"),
]);
type GridAxis = { key: AxisKey; values: readonly (string | number)[] };

/** An order, and what of it varies along one side or two. */
export const gridPlanSchema = z.strictObject({
  order: createImageBodySchema.omit({ count: true, lockSeed: true }),
  x: axisSchema,
  y: axisSchema.optional(),
});
export type GridPlan = z.infer<typeof gridPlanSchema>;

export type GridCell = {
  /** Its place, row by row. */
  index: number;
  x: string | number;
  y: string | number | null;
  model: string;
  parameters: ImageParameters;
};

type Setting = { model: string; parameters: ImageParameters };

function apply({ model, parameters }: Setting, key: AxisKey, value: string | number): Setting {
  if (key === "model") return { model: String(value), parameters };
  if (key !== "loraWeight") return { model, parameters: { ...parameters, [key]: value } };
  return { model, parameters: { ...parameters, loras: toLoras(parameters, Number(value)) } };
}

const toLoras = ({ loras = [] }: ImageParameters, weight: number) => balance(loras, 0, weight);

/** The parameters of an order, without what is none. */
function toSetting({ order }: GridPlan): Setting {
  const { model, prompt: _prompt, uploads: _uploads, ...parameters } = order;
  return { model, parameters };
}

const hasSeed = ({ order, x, y }: GridPlan) =>
  order.seed !== undefined || x.key === "seed" || y?.key === "seed";

/** A plan whose cells differ by its sides alone: without a seed of its own all of them get this one. */
export function withSharedSeed(plan: GridPlan, seed: number): GridPlan {
  return hasSeed(plan) ? plan : { ...plan, order: { ...plan.order, seed } };
}

/** Every cell with its whole setting, row by row. */
export function toCells(plan: GridPlan): GridCell[] {
  const { x, y } = plan;
  const rows: readonly (string | number | null)[] = y?.values ?? [null];
  const setting = toSetting(plan);
  return rows.flatMap((row, rowIndex) => {
    const inRow = y && row !== null ? apply(setting, y.key, row) : setting;
    return x.values.map((value, column) => ({
      index: rowIndex * x.values.length + column,
      x: value,
      y: row,
      ...apply(inRow, x.key, value),
    }));
  });
}

export const countCells = ({ x, y }: Pick<GridPlan, "x" | "y">): number =>
  x.values.length * (y?.values.length ?? 1);

/** What a click costs at most; null where a price is not known. A budget that is none bounds nothing. */
export const toBoundedCost = (cost: number | null, budget: number | undefined): number | null =>
  cost !== null && budget !== undefined && budget > 0 ? Math.min(cost, budget) : cost;

/** The cells that a budget pays for, in their order; null where a price is not known. */
export function takePaid<Cell extends { price: number | null }>(
  cells: readonly Cell[],
  budget: number,
): Cell[] | null {
  if (cells.some(({ price }) => price === null)) return null;
  let left = budget;
  const end = cells.findIndex(({ price }) => {
    left -= price ?? 0;
    return left < 0;
  });
  return cells.slice(0, end < 0 ? cells.length : end);
}

/** Why an axis would change nothing, or null. */
function findAxisFault({ key }: GridAxis, cells: readonly GridCell[]): FieldFault | null {
  if (key === "loraWeight") {
    const hasTwo = cells.every(({ parameters }) => (parameters.loras?.length ?? 0) > 1);
    return hasTwo ? null : { key: "gridLoras" };
  }
  const deaf = cells.find(({ model }) =>
    (imageLimitsOf(model).without as readonly string[]).includes(key),
  );
  return deaf ? { key: "gridNoEffect", values: { model: deaf.model } } : null;
}

/** What would fail or be paid for nothing, by field; empty where all is well. */
export function findGridFaults(plan: GridPlan): Record<string, FieldFault> {
  const { x, y, order } = plan;
  if (y?.key === x.key) return { y: { key: "gridSame" } };
  if (countCells(plan) > MAX_CELLS) return { x: { key: "countMax", values: { max: MAX_CELLS } } };
  const cells = toCells(plan);
  const axes = Object.entries({ x, ...(y && { y }) }).flatMap(([side, axis]) => {
    const fault = findAxisFault(axis, cells);
    return fault ? [[side, fault] as const] : [];
  });
  if (axes.length > 0) return Object.fromEntries(axes);
  const sideOf = (field: string) => (x.key === field ? "x" : y?.key === field ? "y" : field);
  for (const { model, parameters } of cells) {
    const modelFault = findModelFault(model, order.uploads?.length);
    if (modelFault) return { [sideOf("model")]: modelFault };
    const [fault] = Object.entries(findImageFaults(model, parameters));
    if (fault) return { [sideOf(fault[0])]: fault[1] };
  }
  return {};
}

/** What people write into a box: values with commas or blanks between, `1-4` for whole numbers in a row. */
export function readValues(key: AxisKey, text: string): (string | number)[] {
  const words = text.split(/[\s,，、;；]+/).filter(Boolean);
  if (key === "model" || key === "size") {
    return words.map((word) => (key === "size" ? word.replace(/[×*X]/g, "x") : word));
  }
  const isWhole = IMAGE_PARAMS.some((param) => param.key === key && param.type === "integer");
  return words.flatMap((word) => {
    const [, from, to] = (isWhole && /^(\d+)-(\d+)$/.exec(word)) || [];
    if (from === undefined || to === undefined) return [Number(word)];
    const length = Math.min(MAX_VALUES + 1, Math.max(0, Number(to) - Number(from) + 1));
    return Array.from({ length }, (_none, index) => Number(from) + index);
  });
}
