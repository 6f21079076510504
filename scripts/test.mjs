// npm test : everything CI runs. Sets itself up on a bare machine; fails when any part fails.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { prepare, ROOT } from "./lib/prepare.mjs";

await prepare();
const { ensureBuild } = await import("./lib/artifacts.mjs");
const { ensureChromium } = await import("./lib/chromium.mjs");
const { ensureNginx } = await import("./lib/debian.mjs");
const { orFail } = await import("./lib/or-fail.mjs");

const REPORTS = path.join(ROOT, "test-results/reports");
const started = performance.now();
const results = [];

function run(name, script, args, env = {}) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [path.join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  results.push({ name, isPassed: status === 0 });
}

function runVitest(project, file, env = {}) {
  const reporters = [
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${path.join(REPORTS, file)}`,
  ];
  const args = ["run", "--project", project, ...reporters];
  run(`${project} tests`, "node_modules/vitest/vitest.mjs", args, env);
}

function readReport(file) {
  const full = path.join(REPORTS, file);
  return fs.existsSync(full) ? JSON.parse(fs.readFileSync(full, "utf8")) : null;
}

/** Numbers of single tests over all parts. */
function countTests() {
  const vitest = [readReport("unit.json"), readReport("launch.json")];
  const journeys = readReport("journeys.json")?.stats;
  const sum = (pick) => vitest.reduce((total, report) => total + (report ? pick(report) : 0), 0);
  return {
    passed: sum((report) => report.numPassedTests) + (journeys?.expected ?? 0),
    failed: sum((report) => report.numFailedTests) + (journeys?.unexpected ?? 0),
  };
}

orFail(ensureBuild);
const chromium = await ensureChromium().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
const nginx = ensureNginx();
if (!nginx) console.log("No nginx can be had here: what is told of it is not tested.");
// Data of an earlier run would hide what a newcomer sees.
for (const left of [".data/e2e", ".data/test", "test-results"]) {
  fs.rmSync(path.join(ROOT, left), { recursive: true, force: true });
}
fs.mkdirSync(REPORTS, { recursive: true });

run("check", "scripts/check.mjs", []);
runVitest("unit", "unit.json");
runVitest("launch", "launch.json", { NGINX_PROGRAM: nginx ?? "" });
run("journeys", "node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json"], {
  CHROMIUM: chromium,
  PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(REPORTS, "journeys.json"),
});

console.log(`\n== summary (${Math.round((performance.now() - started) / 1_000)} s)`);
for (const { name, isPassed } of results) console.log(`${isPassed ? "passed" : "FAILED"}  ${name}`);
const { passed, failed } = countTests();
console.log(`${passed} passed, ${failed} failed`);
process.exit(results.every(({ isPassed }) => isPassed) ? 0 : 1);
