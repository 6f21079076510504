import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { getSettings } from "../env";
import { originOf } from "../origins";
import { findSite } from "./token";

/** Bytes of a picture that a user uploads. */
export function getMaxUploadBytes(): number {
  return getSettings().MAX_UPLOAD_BYTES;
}

/** Where a user's calls go: shown in code samples. */
export async function getApiOrigin({ userId }: Actor): Promise<string> {
  return originOf("api", await findSite(userId));
}

/** The same for one who is not known: shown beside a shared picture. */
export function getPublicApiOrigin(): string {
  return originOf("api", "cn");
}

/** Where this playground is reached, for addresses that leave it. */
export function getAppUrl(): string {
  return getSettings().APP_URL;
}

/** What pages may know of this deployment. */
export function getDeployment(): { isSimulated: boolean } {
  return { isSimulated: getSettings().isSimulated };
}
