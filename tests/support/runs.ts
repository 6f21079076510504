import { POST as stop } from "@/app/api/runs/[id]/stop/route";
import { GET as follow } from "@/app/api/runs/[id]/stream/route";
import { removeLiveRun } from "@/lib/server/runs/registry";
import { call, rowsOf, type TestUser, waitFor } from "./api";

export const stopRun = (user: TestUser | null, id: string) =>
  call(stop, { method: "POST", user, params: { id } });

export const followRun = (user: TestUser | null, id: string) =>
  call(follow, { user, params: { id } });

export const runIdOf = (response: Response) => response.headers.get("x-run-id") ?? "";

/** The row of a run. */
export async function runRowOf(id: string) {
  const [row] = await rowsOf(`select * from "Run" where id = $1`, [id]);
  return row;
}

/** Waits until the row of a run has text. */
export const waitForText = (id: string) =>
  waitFor(async () => ((await runRowOf(id))?.text as string | undefined) || null);

/** From here on the run is one of another instance: this process knows only its row. */
export function moveToOtherInstance(id: string): void {
  removeLiveRun(id);
}
