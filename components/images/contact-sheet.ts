import { type GridCell, type GridPlan, toCells } from "@/lib/shared/image-grid";
import type { GridView } from "@/lib/shared/schemas/grid";

const CELL = 320;
const GAP = 8;
const MARGIN = 32;
const LINE = 24;
const SIDE_LABEL = 150;
const INK = "#1f2628";
const MUTED = "#5b6669";
const WELL = "#e9eeef";
const FONT = '"Inter", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const PROMPT_LINES = 3;

type Labels = {
  /** What stands along the sides. */
  x: string;
  y: string | null;
  missing: string;
  /** That a machine made them. */
  mark: string;
};

function loadPicture(src: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = src;
  return picture.decode().then(() => picture);
}

/** The words of a text in lines that fit; what is too long ends with dots. */
function toLines(pen: CanvasRenderingContext2D, text: string, width: number, max: number) {
  const lines: string[] = [];
  let line = "";
  for (const sign of text.replace(/\s+/g, " ")) {
    if (pen.measureText(line + sign).width <= width) {
      line += sign;
      continue;
    }
    lines.push(line);
    line = sign.trimStart();
    if (lines.length === max) return [...lines.slice(0, -1), `${lines.at(-1)?.slice(0, -1)}…`];
  }
  return [...lines, line];
}

type Place = { left: number; top: number };

function drawPicture(pen: CanvasRenderingContext2D, picture: HTMLImageElement, place: Place) {
  const scale = Math.min(CELL / picture.naturalWidth, CELL / picture.naturalHeight);
  const width = picture.naturalWidth * scale;
  const height = picture.naturalHeight * scale;
  const left = place.left + (CELL - width) / 2;
  pen.drawImage(picture, left, place.top + (CELL - height) / 2, width, height);
}

function drawText(
  pen: CanvasRenderingContext2D,
  text: string,
  { left, top }: Place,
  { size = 16, color = INK, width = CELL, align = "left" as CanvasTextAlign },
) {
  pen.font = `${size}px ${FONT}`;
  pen.fillStyle = color;
  pen.textAlign = align;
  pen.fillText(text, left, top, width);
}

/** The label of a value as it stands at its row or column. */
export const toValueText = (value: string | number) =>
  String(value)
    .replace(/^(\d+)x(\d+)$/, "$1×$2")
    .replace(/^[^/]+\//, "");

function drawHead(pen: CanvasRenderingContext2D, plan: GridPlan, labels: Labels, width: number) {
  pen.font = `18px ${FONT}`;
  const lines = toLines(pen, plan.order.prompt, width - 2 * MARGIN, PROMPT_LINES);
  let top = MARGIN + 18;
  for (const line of lines) {
    drawText(pen, line, { left: MARGIN, top }, { size: 18, width: width - 2 * MARGIN });
    top += LINE + 4;
  }
  const sides = labels.y ? `${labels.x} × ${labels.y}` : labels.x;
  const facts = [plan.order.model, sides, labels.mark].join(" · ");
  drawText(pen, facts, { left: MARGIN, top }, { color: MUTED, width: width - 2 * MARGIN });
  return top + LINE;
}

/** A grid as one labelled picture of PNG bytes, drawn in this browser; cells without a picture say so. */
export async function drawContactSheet(
  { plan, images }: GridView,
  labels: Labels,
): Promise<Blob | null> {
  const cells = toCells(plan);
  const columns = plan.x.values.length;
  const rows = plan.y?.values.length ?? 1;
  const left = MARGIN + (plan.y ? SIDE_LABEL : 0);
  const canvas = document.createElement("canvas");
  canvas.width = left + columns * (CELL + GAP) + MARGIN;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.font = `18px ${FONT}`;
  const head = toLines(pen, plan.order.prompt, canvas.width - 2 * MARGIN, PROMPT_LINES).length;
  const top = MARGIN + 18 + head * (LINE + 4) + LINE + LINE;
  canvas.height = top + rows * (CELL + GAP) + MARGIN;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  drawHead(pen, plan, labels, canvas.width);
  const placeOf = ({ index }: GridCell): Place => ({
    left: left + (index % columns) * (CELL + GAP),
    top: top + Math.floor(index / columns) * (CELL + GAP),
  });
  for (const [column, value] of plan.x.values.entries()) {
    const middle = left + column * (CELL + GAP) + CELL / 2;
    drawText(pen, toValueText(value), { left: middle, top: top - 8 }, { align: "center" });
  }
  for (const [row, value] of (plan.y?.values ?? []).entries()) {
    const middle = top + row * (CELL + GAP) + CELL / 2;
    const place = { left: left - 12, top: middle };
    drawText(pen, toValueText(value), place, { align: "right", width: SIDE_LABEL - 12 });
  }
  const done = new Map(
    images.flatMap(({ status, gridCell, id }) =>
      status === "done" && gridCell !== null ? [[gridCell, id] as const] : [],
    ),
  );
  await Promise.all(
    cells.map(async (cell) => {
      const place = placeOf(cell);
      const id = done.get(cell.index);
      // One that does not load is shown as missing, not a reason to lose the others.
      const picture = id && (await loadPicture(`/api/images/${id}/thumb`).catch(() => null));
      if (picture) return drawPicture(pen, picture, place);
      pen.fillStyle = WELL;
      pen.fillRect(place.left, place.top, CELL, CELL);
      const middle = { left: place.left + CELL / 2, top: place.top + CELL / 2 };
      return drawText(pen, labels.missing, middle, { color: MUTED, align: "center" });
    }),
  );
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
