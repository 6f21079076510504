"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { type GridCell, toCells } from "@/lib/shared/image-grid";
import type { GridView } from "@/lib/shared/schemas/grid";
import type { ImageView } from "@/lib/shared/schemas/image";
import { Light, type LightState } from "../ui/light";
import { PlainImage } from "../ui/plain-image";
import { toValueText } from "./contact-sheet";
import { isActive } from "./image-requests";

type GridSheetProps = {
  grid: GridView;
  chosen: number | null;
  onChoose: (index: number) => void;
};

/** The cells with the values of their row and column; wide ones scroll by themselves. */
export function GridSheet({ grid, chosen, onChoose }: GridSheetProps) {
  const t = useTranslations("image");
  const { x, y } = grid.plan;
  const byCell = new Map(grid.images.map((image) => [image.gridCell, image]));
  const cells = toCells(grid.plan);
  const columns = x.values.length;
  const rows = Array.from({ length: cells.length / columns }, (_none, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  );
  return (
    <div className="overflow-x-auto">
      <table className="border-separate border-spacing-1.5 text-12">
        <thead>
          <tr>
            {y && (
              <th scope="col" className="pr-2 text-right font-normal whitespace-nowrap text-muted">
                {t(`axis.${x.key}`)} →
                <br />
                {t(`axis.${y.key}`)} ↓
              </th>
            )}
            {x.values.map((value) => (
              <th
                key={value}
                scope="col"
                title={String(value)}
                className="max-w-40 truncate px-1 text-center font-mono font-normal text-ink"
              >
                {!y && <span className="font-sans text-muted">{t(`axis.${x.key}`)} </span>}
                {toValueText(value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]?.index}>
              {y && (
                <th
                  scope="row"
                  title={String(row[0]?.y)}
                  className="max-w-40 truncate pr-2 text-right font-mono font-normal text-ink"
                >
                  {toValueText(row[0]?.y ?? "")}
                </th>
              )}
              {row.map((cell) => (
                <td key={cell.index} className="p-0">
                  <Cell
                    cell={cell}
                    label={t("gridPick", {
                      row: Math.floor(cell.index / columns) + 1,
                      column: (cell.index % columns) + 1,
                    })}
                    image={byCell.get(cell.index) ?? null}
                    isChosen={chosen === cell.index}
                    onChoose={onChoose}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = {
  cell: GridCell;
  label: string;
  image: ImageView | null;
  isChosen: boolean;
  onChoose: (index: number) => void;
};

function Cell({ cell, label, image, isChosen, onChoose }: CellProps) {
  const isDone = image?.status === "done";
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isChosen}
      data-testid="grid-cell"
      data-status={image?.status ?? "missing"}
      onClick={() => onChoose(cell.index)}
      className={cn(
        "grid size-40 cursor-pointer place-items-center overflow-hidden rounded-4 bg-well max-sm:size-28",
        !isDone && "p-2",
        !image && "hatch border border-dashed border-control",
        isChosen && "outline-2 outline-signal",
      )}
    >
      {isDone ? (
        <PlainImage
          src={`/api/images/${image.id}/thumb`}
          alt=""
          className="size-full object-contain"
        />
      ) : (
        <CellState image={image} />
      )}
    </button>
  );
}

function CellState({ image }: { image: ImageView | null }) {
  const t = useTranslations("image");
  if (!image) return <span className="text-muted">{t("gridMissing")}</span>;
  return (
    <span className="flex items-center gap-1.5 text-12 text-ink">
      <Light state={toLight(image)} />
      {t(`status.${image.status}`)}
    </span>
  );
}

function toLight(image: ImageView): LightState {
  if (image.status === "new") return "waiting";
  if (isActive(image)) return "running";
  if (image.status === "failed") return "failed";
  return image.status === "cancelled" ? "stopped" : "unknown";
}
