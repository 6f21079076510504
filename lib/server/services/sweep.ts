import "server-only";
import { sweepRuns } from "../db/runs";
import { logInfo } from "../log";

/** Ends runs that nobody produces any more; see `sweepRuns` of the database layer. */
export async function sweepLostRuns({ all }: { all: boolean }): Promise<void> {
  const count = await sweepRuns({ all });
  if (count > 0) logInfo("runs swept", { count });
}
