import "server-only";
import { type Cursor, readCursor } from "@/lib/shared/cursor";
import { AppError } from "@/lib/shared/errors";

function toCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString("base64url");
}

/** Reads a cursor that {@link toCursor} made. Throws `invalid_request` for anything else. */
export function fromCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null;
  const read = readCursor(cursor);
  if (!read) throw new AppError("invalid_request", { fields: { cursor: { key: "cursor" } } });
  return read;
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
