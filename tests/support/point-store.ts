import { getSettings } from "@/lib/server/env";
import { parseStorageUrl } from "@/lib/server/storage-location";

/** Points this process at a store, as a start with this setting would; undefined = at its directory. */
export function pointStoreTo(url: string | undefined): void {
  const location = url === undefined ? undefined : parseStorageUrl(url);
  if (location === null) throw new Error("not a storage address");
  Object.assign(getSettings(), { STORAGE_URL: location });
  (globalThis as { __mspStore?: unknown }).__mspStore = undefined;
}
