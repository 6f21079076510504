import "server-only";
import { AppError } from "@/lib/shared/errors";
import { countInWindow } from "../db/rate-windows";

/** Counts a try under `key`; throws `too_many_requests` past `max` within one window. */
export async function limitRate(
  key: string,
  { max, windowSeconds }: { max: number; windowSeconds: number },
): Promise<void> {
  const { count, endsInSeconds } = await countInWindow(key, windowSeconds);
  if (count > max) throw new AppError("too_many_requests", { retryAfterSeconds: endsInSeconds });
}
