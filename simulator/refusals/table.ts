import { CAPTURED } from "./captured.ts";
import { INFERRED } from "./inferred.ts";

/** Everything that a call can be refused with. */
export const REFUSALS = { ...CAPTURED, ...INFERRED };
export type RefusalName = keyof typeof REFUSALS;
