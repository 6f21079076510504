import "server-only";

const MAX_COUNT = 2 ** 31 - 1;

/** The object, or null for anything else. For frames that nobody vouches for. */
export const asRecord = (value: unknown): Record<string, unknown> | null =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;

/** The text, or "" for anything else: null, "" and absent are the same upstream. */
export const asText = (value: unknown): string => (typeof value === "string" ? value : "");

/** A whole number from 0 to 2^31 − 1, or null. */
export const asCount = (value: unknown): number | null =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_COUNT
    ? value
    : null;

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
