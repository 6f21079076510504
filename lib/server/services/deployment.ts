import "server-only";
import { getSettings } from "../env";

/** What pages may know of this deployment. */
export function getDeployment(): { isSimulated: boolean } {
  return { isSimulated: getSettings().isSimulated };
}
