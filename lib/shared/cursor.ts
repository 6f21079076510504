import { z } from "zod";

/** Where a page of a list ends: the sort instant and the id that breaks ties. */
export type Cursor = { at: Date; id: string };

const decode = (text: string): string | null => {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
};

/** Reads a cursor as the server writes them; null for anything else. */
export function readCursor(text: string): Cursor | null {
  const [at = "", id = ""] = decode(text)?.split("|") ?? [];
  const date = new Date(at);
  return Number.isNaN(date.getTime()) || !/^\w{1,64}$/.test(id) ? null : { at: date, id };
}

export const cursorSchema = z
  .string()
  .max(200)
  .refine((text) => readCursor(text) !== null);
