// npm run check : all static checks, each with its own output; fails when any of them does.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { prepare, ROOT } from "./lib/prepare.mjs";

await prepare();
const { ensureClient } = await import("./lib/artifacts.mjs");
const { orFail } = await import("./lib/or-fail.mjs");
const { CRUISED, findCruiseFault } = await import("./lib/cruise.mjs");

const bin = (name) => path.join(ROOT, "node_modules", name);

function run(name, script, args) {
  const started = performance.now();
  const result = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, encoding: "utf8" });
  const output = `${result.stdout}${result.stderr}`;
  const fault = result.status !== 0 ? output : name === "imports" ? findCruiseFault(output) : null;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${fault ? "failed" : "passed"}  ${name} (${seconds} s)`);
  if (fault) console.error(fault);
  return fault === null;
}

orFail(ensureClient);
const steps = [
  // Writes the types of routes and next-env.d.ts, which tsc needs.
  ["route types", bin("next/dist/bin/next"), ["typegen"]],
  ["types", bin("typescript/bin/tsc"), ["--noEmit"]],
  ["lint and format", bin("@biomejs/biome/bin/biome"), ["check", "--error-on-warnings", "."]],
  [
    "imports",
    bin("dependency-cruiser/bin/dependency-cruiser.mjs"),
    [...CRUISED, "--config", ".dependency-cruiser.cjs"],
  ],
  ["unused code", bin("knip/bin/knip.js"), []],
];
const results = steps.map(([name, script, args]) => run(name, script, args));
process.exit(results.every(Boolean) ? 0 : 1);
