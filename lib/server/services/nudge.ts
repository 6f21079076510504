import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { getSettings } from "../env";
import { advanceImage, takeDueImages } from "./image-task";

/** Steps of one look; a page looks again in a moment. */
const AT_ONCE = 4;

/**
 * On a host that freezes between requests, an open page that asks after its pictures is what makes their
 * next steps; elsewhere the worker does.
 */
export async function nudgeImages({ userId }: Actor): Promise<void> {
  if (!getSettings().isServerless) return;
  await Promise.all((await takeDueImages(AT_ONCE, { userId })).map(advanceImage));
}
