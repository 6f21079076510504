import "server-only";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

/**
 * Refuses a changing request that another site made the browser send. `Sec-Fetch-Site` decides where
 * the browser sends it; else `Origin` must be ours. A request with neither is no browser's (scripts,
 * curl) and rides on no cookie it did not bring itself. Throws `cross_site`.
 */
export function requireSameOrigin(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const isOurs =
    site !== null ? site === "same-origin" : origin === null || origin === getSettings().APP_URL;
  if (!isOurs) throw new AppError("cross_site");
}
