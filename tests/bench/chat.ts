import { startBenchApp } from "./chat/bench-app";
import { BROWSER_ROWS } from "./chat/browser-rows";
import { SERVER_ROWS } from "./chat/server-rows";
import { startUpstream } from "./chat/upstream";

/**
 * What a chat costs on its way through the app, against a route of the same build that only hands the
 * upstream's bytes on. Names of rows on the command line run those alone.
 */
const wanted = process.argv.slice(2);
const upstream = await startUpstream();
const app = await startBenchApp(upstream.url);
const stage = { app, upstream, cookies: await app.makeUsers(200) };
for (const [name, run] of Object.entries({ ...SERVER_ROWS, ...BROWSER_ROWS })) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`== ${name}\n`);
  await run(stage);
}
await app.stop();
await upstream.close();
process.exit(0);
