import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { fetchLoras } from "../modelscope/loras";
import { limitRate } from "./rate-limit";
import { findSite } from "./token";

/** Somebody who types asks a few times a word. */
const SEARCHES = { max: 60, windowSeconds: 60 };

/**
 * LoRAs of ModelScope's site by name, which costs nothing. Where the site cannot be asked there are none:
 * any id can be typed all the same. Throws `too_many_requests`.
 */
export async function searchLoras({ userId }: Actor, text: string): Promise<{ ids: string[] }> {
  await limitRate(`loras:${userId}`, SEARCHES);
  const ids = await fetchLoras(text, await findSite(userId)).catch(() => []);
  return { ids };
}
