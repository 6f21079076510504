import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { Lane } from "@/lib/shared/schemas/lane";
import { findLane } from "../db/lane";

/** What calls ModelScope with the user's token, and what waits for it. */
export async function getLane({ userId }: Actor): Promise<Lane> {
  return { entries: await findLane(userId) };
}
