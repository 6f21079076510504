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

/** What pages may know of this deployment. */
export function getDeployment(): { isSimulated: boolean } {
  return { isSimulated: getSettings().isSimulated };
}
