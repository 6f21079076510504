import "server-only";
import { timingSafeEqual } from "node:crypto";
import { sha256Hex } from "./random";

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)));
}
