import "server-only";
import { pingDatabase } from "../db/health";
import { isDraining } from "../runs/registry";

/** Whether this process can take work: the database answers and no shutdown has begun. */
export async function checkReadiness(): Promise<{ isReady: boolean; database: "ok" | "down" }> {
  try {
    await pingDatabase();
    return { isReady: !isDraining(), database: "ok" };
  } catch {
    return { isReady: false, database: "down" };
  }
}
