"use client";

import { Grid3x3, Save } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveBlob } from "@/lib/client/download";
import { toBoundedCost } from "@/lib/shared/image-grid";
import type { GridView } from "@/lib/shared/schemas/grid";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { WholeNumberInput } from "../ui/whole-number-input";
import { drawContactSheet } from "./contact-sheet";
import { GridChoice } from "./grid-choice";
import { GridSheet } from "./grid-sheet";
import { toCostKey } from "./use-click-key";
import { useGrid } from "./use-grid";

/** A grid: its sheet, the cell that was chosen, and what can be done with the whole. */
export function GridBoard({ initial }: { initial: GridView }) {
  const t = useTranslations("image");
  const { grid, budget, setBudget, isSending, fault, run } = useGrid(initial);
  const [chosen, setChosen] = useState<number | null>(null);
  const toast = useToast();
  const [isDrawing, setIsDrawing] = useState(false);
  const { plan, missing, missingPrice } = grid;
  const isBudgetWrong = budget !== undefined && !(budget > 0);
  const save = async () => {
    setIsDrawing(true);
    const y = plan.y ? t(`axis.${plan.y.key}`) : null;
    const x = t(`axis.${plan.x.key}`);
    const labels = { x, y, missing: t("gridMissing"), mark: t("aiMark") };
    const blob = await drawContactSheet(grid, labels).catch(() => null);
    if (blob) saveBlob(blob, `grid-${grid.id}.png`);
    else toast({ text: t("gridNotDrawn") });
    setIsDrawing(false);
  };
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <main className="min-w-0 flex-1 bg-surface p-5 max-sm:p-4 lg:overflow-y-auto">
        <p className="mb-3 line-clamp-3 whitespace-pre-wrap text-ink">{plan.order.prompt}</p>
        <div className="mb-4 flex flex-wrap items-center gap-2">
          {missing.length > 0 && (
            <>
              <Button tone="solid" disabled={isSending || isBudgetWrong} onClick={() => void run()}>
                <Grid3x3 size={16} strokeWidth={1.75} aria-hidden />
                {t("gridFill", { count: missing.length })}
                <Price value={missingPrice} budget={budget} />
              </Button>
              <label htmlFor="fill-budget" className="flex items-center gap-2 text-12 text-muted">
                {t("gridBudget")}
                <span className="w-20">
                  <WholeNumberInput
                    id="fill-budget"
                    value={budget}
                    hasFault={isBudgetWrong}
                    placeholder={t("gridNoBudget")}
                    onChange={setBudget}
                  />
                </span>
              </label>
            </>
          )}
          <Button className="ml-auto" disabled={isDrawing} onClick={() => void save()}>
            <Save size={16} strokeWidth={1.75} aria-hidden />
            {t(isDrawing ? "gridExporting" : "gridExport")}
          </Button>
        </div>
        {fault && <ErrorNotice code={fault.code} id={fault.id} cost={t(toCostKey(fault.code))} />}
        {fault?.fields.budget && <p className="text-12 text-bad">{fault.fields.budget}</p>}
        <GridSheet grid={grid} chosen={chosen} onChoose={setChosen} />
      </main>
      <aside
        aria-label={t("recipe")}
        className="w-90 shrink-0 overflow-y-auto border-l border-hair bg-panel max-lg:w-full max-lg:border-t max-lg:border-l-0"
      >
        <GridChoice grid={grid} chosen={chosen} />
      </aside>
    </div>
  );
}

type PriceProps = { value: number | null; budget: number | undefined };

function Price({ value, budget }: PriceProps) {
  const t = useTranslations("model");
  const price = toBoundedCost(value, budget);
  if (price === null) return null;
  return <span>{t("approx", { price })}</span>;
}
