import "server-only";
import { getSettings } from "../env";

/** Bytes of a picture that a user uploads. */
export function getMaxUploadBytes(): number {
  return getSettings().MAX_UPLOAD_BYTES;
}

/** What pages may know of this deployment. */
export function getDeployment(): { isSimulated: boolean } {
  return { isSimulated: getSettings().isSimulated };
}
