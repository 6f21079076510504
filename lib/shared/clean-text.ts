import { z } from "zod";

/** A text that PostgreSQL can store: without NUL, and with lone surrogates replaced. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** Free text that people or models write; cleaned before its length is looked at. */
export function freeText(): z.ZodString {
  return z.string().overwrite(cleanText);
}
