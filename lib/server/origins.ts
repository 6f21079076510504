import "server-only";
import type { Site } from "@/lib/shared/schemas/token";
import { getSettings } from "./env";

/** Which of ModelScope's servers a call goes to; `www` is the site under its other name. */
export type UpstreamHost = "api" | "site" | "www";

const WWW_ORIGIN = "https://www.modelscope.cn";

/** The origin from the deployment's settings; the international site only beside the real one. */
export function originOf(host: UpstreamHost, site: Site): string {
  const { MODELSCOPE_API_URL, MODELSCOPE_SITE_URL } = getSettings();
  const origin = host === "api" ? MODELSCOPE_API_URL : MODELSCOPE_SITE_URL;
  const named = host === "www" ? origin.replace(/^https:\/\/modelscope\.cn$/, WWW_ORIGIN) : origin;
  return site === "ai" ? named.replace(/(\.|\/)modelscope\.cn$/, "$1modelscope.ai") : named;
}
