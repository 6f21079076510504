import "server-only";
import { queryNamed } from "./pool";

type StoredKey = { table: "Image" | "Upload"; id: string; key: string };

/** Every file that a row names. */
export function findStoredKeys(): Promise<StoredKey[]> {
  return queryNamed<StoredKey>(
    "find-stored-keys",
    `select 'Image' as table, id, "storageKey" as key from "Image" where "storageKey" is not null
     union all select 'Image', id, "thumbKey" from "Image" where "thumbKey" is not null
     union all select 'Upload', id, "storageKey" from "Upload"`,
    [],
  );
}
