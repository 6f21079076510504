"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { toFields } from "@/lib/shared/field-faults";
import {
  AXIS_KEYS,
  type AxisKey,
  countCells,
  findGridFaults,
  type GridPlan,
  gridPlanSchema,
  readValues,
  takePaid,
  toCells,
} from "@/lib/shared/image-grid";
import { findPrice } from "@/lib/shared/model-list";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { gridSchema } from "@/lib/shared/schemas/grid";
import type { ModelList } from "@/lib/shared/schemas/model";
import { useFaultTexts } from "../common/use-fault-texts";
import type { ImageLists } from "./image-lists";
import { useClickKey } from "./use-click-key";
import { type ImageOrder, isEditModel } from "./use-image-order";

/** One side as it is written; `none` only for the second. */
export type Side = { key: AxisKey | "none"; text: string };
export type GridOrder = ReturnType<typeof useGridPlan>;

const FIRST: Side = { key: "seed", text: "" };
const SECOND: Side = { key: "none", text: "" };

type Sides = { x: Side; y: Side };

function toPlan({ body }: ImageOrder, { x, y }: Sides) {
  const { count: _count, lockSeed: _lock, ...order } = body;
  const toAxis = ({ key, text }: Side) =>
    key === "none" ? undefined : { key, values: readValues(key, text) };
  const second = toAxis(y);
  return { order, x: toAxis(x), ...(second && { y: second }) };
}

/** The faults of a plan by side; those of the order itself are told by the form. */
function findFaults(parsed: ReturnType<typeof gridPlanSchema.safeParse>) {
  if (parsed.success) return findGridFaults(parsed.data);
  return Object.fromEntries(
    Object.entries(toFields(parsed.error)).flatMap(([path, fault]) => {
      const [side = ""] = path.split(".");
      return side === "x" || side === "y" ? [[side, fault] as const] : [];
    }),
  );
}

const toPriceFinder = (lists: readonly ModelList[]) => (model: string) =>
  lists.map((list) => findPrice(list, model)).find((one) => one !== null) ?? null;

/** Magicubes that a plan costs; null where a price is not known. */
function sumPrices(plan: GridPlan, toPrice: (model: string) => number | null): number | null {
  const prices = toCells(plan).map(({ model }) => toPrice(model));
  return prices.includes(null) ? null : prices.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** How many cells a budget pays for; null where none is set, or a price is not known. */
function countPaid(
  plan: GridPlan,
  toPrice: (model: string) => number | null,
  budget: number | undefined,
): number | null {
  if (budget === undefined || !(budget > 0)) return null;
  const cells = toCells(plan).map(({ model }) => ({ price: toPrice(model) }));
  return takePaid(cells, budget)?.length ?? null;
}

/** The parameters that can stand along a side for a model. */
export function axisKeysOf(model: string): AxisKey[] {
  const { without, maxLoras } = imageLimitsOf(model);
  const ignored: readonly string[] = without;
  return AXIS_KEYS.filter((key) => (key === "loraWeight" ? maxLoras > 1 : !ignored.includes(key)));
}

/** The grid beside the form: two sides, a budget, and the way to the server. */
export function useGridPlan(order: ImageOrder, lists: ImageLists) {
  const router = useRouter();
  const click = useClickKey();
  const [isOn, setIsOn] = useState(false);
  const [sides, setSides] = useState<Sides>({ x: FIRST, y: SECOND });
  const [budget, setBudget] = useState<number | undefined>();
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);

  const { prompt } = order.draft;
  const written = toPlan(order, sides);
  // An empty prompt is told by the form, in its own way.
  const parsed = gridPlanSchema.safeParse({
    ...written,
    order: { ...written.order, prompt: prompt.trim() || "-" },
  });
  const texts: Record<string, string> = useFaultTexts(findFaults(parsed));
  const toPrice = toPriceFinder([lists.image, lists.edit]);
  const isBudgetWrong = budget !== undefined && !(budget > 0);

  const submit = async () => {
    const body = { ...written, ...(budget !== undefined && { budget }) };
    setIsSending(true);
    setFault(null);
    try {
      const { id } = await click(body, (key) =>
        callApi(gridSchema, "/api/grids", {
          method: "POST",
          body,
          headers: { "idempotency-key": key },
        }),
      );
      router.push(`/images/grids/${id}`);
    } catch (error) {
      setFault(asApiError(error));
      setIsSending(false);
    }
  };

  return {
    isOn,
    setIsOn,
    sides,
    change: (part: Partial<Sides>) => setSides((now) => ({ ...now, ...part })),
    budget,
    setBudget,
    isBudgetWrong,
    keys: axisKeysOf(order.draft.model),
    kind: isEditModel(order.draft.model) ? ("edit" as const) : ("image" as const),
    faults: { ...fault?.fields, ...texts },
    hasFault: !parsed.success || Object.keys(texts).length > 0 || isBudgetWrong,
    cells: parsed.success ? countCells(parsed.data) : null,
    paid: parsed.success ? countPaid(parsed.data, toPrice, budget) : null,
    cost: parsed.success ? sumPrices(parsed.data, toPrice) : null,
    isSending,
    fault,
    submit,
    /** Opens with a first side to vary. */
    vary: (key: AxisKey) => {
      setIsOn(true);
      setSides({ x: { key, text: "" }, y: SECOND });
    },
  };
}
