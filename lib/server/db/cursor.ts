import "server-only";
import { AppError } from "@/lib/shared/errors";

/** Where a page of a list ends: the sort instant and the id that breaks ties. */
export type Cursor = { at: Date; id: string };

function toCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString("base64url");
}

/** Reads a cursor that {@link toCursor} made. Throws `invalid_request` for anything else. */
export function fromCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || !/^\w{1,64}$/.test(id)) {
    throw new AppError("invalid_request", { fields: { cursor: { key: "cursor" } } });
  }
  return { at: date, id };
}

/** The rows of one page and the cursor of the next; `rows` holds one more than the page where there is one. */
export function toPage<Row extends { id: string }>(
  rows: Row[],
  size: number,
  at: (row: Row) => Date,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const hasMore = rows.length > size && last !== undefined;
  return { rows: page, nextCursor: hasMore ? toCursor({ at: at(last), id: last.id }) : null };
}
