import { startBenchApp } from "./chat/bench-app";
import { startUpstream } from "./chat/upstream";
import { IMAGE_ROWS } from "./images/image-rows";

/** What pictures cost: an order, tasks under way, a long gallery. Names of rows run those alone. */
const wanted = process.argv.slice(2);
const upstream = await startUpstream();
const app = await startBenchApp(upstream.url);
const stage = { app, upstream, cookies: await app.makeUsers(500) };
for (const [name, run] of Object.entries(IMAGE_ROWS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`== ${name}\n`);
  await run(stage);
}
await app.stop();
await upstream.close();
process.exit(0);
