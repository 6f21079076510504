import "server-only";
import { queryNamed } from "./pool";

/** Resolves when the database answers a query; throws where it does not. */
export async function pingDatabase(): Promise<void> {
  await queryNamed("ping", "select 1", []);
}
