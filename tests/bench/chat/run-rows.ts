import { startBenchApp } from "./bench-app";
import type { Stage } from "./server-rows";
import { startUpstream } from "./upstream";

/** Puts up upstream and app with so many users, and runs the rows; those named on the command line alone. */
export async function runRows(
  rows: Record<string, (stage: Stage) => Promise<void>>,
  userCount: number,
): Promise<never> {
  const wanted = process.argv.slice(2);
  const upstream = await startUpstream();
  const app = await startBenchApp(upstream.url);
  const stage = { app, upstream, cookies: await app.makeUsers(userCount) };
  for (const [name, run] of Object.entries(rows)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`== ${name}\n`);
    await run(stage);
  }
  await app.stop();
  await upstream.close();
  process.exit(0);
}
