import "server-only";
import { AppError } from "@/lib/shared/errors";
import { monotonicMs } from "../clock";
import { isSameText } from "../crypto/same-text";
import { getSettings } from "../env";
import { advanceImage, takeDueImages } from "./image-task";
import { deleteExpired, sweepLostRuns } from "./sweep";

const AT_ONCE = 20;
/** Below a minute: the next tick of a host that calls each minute finds this one ended. */
const BUDGET_MS = 45_000;

function requireCronSecret(authorization: string | undefined): void {
  const { CRON_SECRET } = getSettings();
  if (!CRON_SECRET) throw new AppError("not_found");
  if (!isSameText(authorization ?? "", `Bearer ${CRON_SECRET}`)) {
    throw new AppError("unauthenticated");
  }
}

/**
 * One round of what a long-lived process does by itself: pictures whose next step is due, until none is
 * or the time is up; lost runs; what has expired. Throws `not_found` where no secret is set, and
 * `unauthenticated` for a wrong one.
 */
export async function tick(authorization: string | undefined): Promise<{ imageSteps: number }> {
  requireCronSecret(authorization);
  const endMs = monotonicMs() + BUDGET_MS;
  let imageSteps = 0;
  while (monotonicMs() < endMs) {
    const tasks = await takeDueImages(AT_ONCE);
    if (tasks.length === 0) break;
    await Promise.all(tasks.map(advanceImage));
    imageSteps += tasks.length;
  }
  await sweepLostRuns({ all: false });
  await deleteExpired();
  return { imageSteps };
}
