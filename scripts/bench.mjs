// npm run bench -- NAME : JSON lines on stdout, one a row; progress on stderr. A missed bar is a row, not a failure.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { prepare, ROOT } from "./lib/prepare.mjs";

const BENCHES = ["chat", "images", "parse", "usage"];

const [name, ...rows] = process.argv.slice(2);
if (!BENCHES.includes(name)) {
  console.error(`usage: npm run bench -- <${BENCHES.join("|")}> [row …]`);
  process.exit(2);
}
await prepare();
const { ensureChromium } = await import("./lib/chromium.mjs");
if (name === "chat") process.env.CHROMIUM ??= await ensureChromium();
const { status } = spawnSync(
  process.execPath,
  [
    "--expose-gc",
    "--import",
    path.join(ROOT, "scripts/lib/module-hooks.mjs"),
    path.join(ROOT, `tests/bench/${name}.ts`),
    ...rows,
  ],
  { cwd: ROOT, stdio: "inherit" },
);
process.exit(status ?? 1);
