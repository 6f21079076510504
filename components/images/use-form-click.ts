"use client";

import { useTranslations } from "next-intl";
import { toBoundedCost } from "@/lib/shared/image-grid";
import { findPrice } from "@/lib/shared/model-list";
import type { ImageLists } from "./image-lists";
import type { GridOrder } from "./use-grid-plan";
import type { ImageOrder } from "./use-image-order";
import { useOrderFaults } from "./use-order-faults";

/** What has to be written first. */
function findMissing({ draft, takesInputs }: ImageOrder) {
  if (draft.prompt.trim() !== "") return null;
  return takesInputs ? "instructionMissing" : "promptMissing";
}

/** What the button of the form says and does: pictures of one setting, or a grid of them. */
export function useFormClick(order: ImageOrder, grid: GridOrder, lists: ImageLists) {
  const t = useTranslations("image");
  const faults = useOrderFaults(order);
  const { draft, takesInputs } = order;
  const missingKey = findMissing(order);
  const missing = missingKey && t(missingKey);
  const shared = { faults: faults.all, missing };
  if (grid.isOn) {
    const { cost, budget, cells, paid, isSending, submit, fault } = grid;
    const isPart = cells !== null && paid !== null && paid < cells;
    return {
      ...shared,
      isSending,
      submit,
      fault,
      verdict: faults.first ?? toGridVerdict(),
      label: isPart ? t("gridGoPart", { paid, cells }) : t("gridGo", { count: cells ?? 0 }),
      cost: toBoundedCost(cost, budget),
      count: paid ?? cells ?? 0,
    };
  }
  const price = findPrice(takesInputs ? lists.edit : lists.image, draft.model);
  const { isSending, submit, fault } = order;
  return {
    ...shared,
    isSending,
    submit,
    fault,
    verdict: faults.first,
    label: t(takesInputs ? "editGo" : "generateMany", { count: draft.count }),
    cost: price === null ? null : price * draft.count,
    count: draft.count,
  };

  function toGridVerdict(): string | null {
    if (!grid.hasFault) return null;
    if (grid.isBudgetWrong) return t("gridBudgetWrong");
    const isWritten = [grid.sides.x, grid.sides.y].every(
      ({ key, text }) => key === "none" || text.trim() !== "",
    );
    const fault = grid.faults.x ?? grid.faults.y;
    return isWritten && fault ? fault : t("gridIncomplete");
  }
}
