// What is made from the sources: the Prisma client and the production build. Made anew only when a source changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./prepare.mjs";

const SCHEMA = "prisma/schema.prisma";
const CLIENT_STAMP = path.join(ROOT, "prisma/generated/.made-from");
const BUILD_SOURCES = [
  "app",
  "components",
  "lib",
  "messages",
  "public",
  SCHEMA,
  "instrumentation.ts",
  "proxy.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

function listFiles(source) {
  const full = path.join(ROOT, source);
  if (!fs.existsSync(full)) return [];
  if (fs.statSync(full).isFile()) return [full];
  return fs
    .readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** A digest of names and contents. */
function digest(sources) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(listFiles)) {
    hash.update(path.relative(ROOT, file)).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

const isFresh = (stamp, made) => fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === made;

function run(script, args, extra = {}) {
  const result = spawnSync(process.execPath, [path.join(ROOT, script), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, ...extra },
  });
  if (result.status !== 0) {
    throw new Error(`${script} ${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
  }
}

/** Makes the Prisma client where it is missing or older than the schema. */
export function ensureClient() {
  const made = digest([SCHEMA, "package-lock.json"]);
  if (isFresh(CLIENT_STAMP, made)) return;
  // Any existing file keeps the CLI from downloading an engine that `generate` does not use.
  const engine = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  run("node_modules/prisma/build/index.js", ["generate"], engine);
  fs.writeFileSync(CLIENT_STAMP, made);
}

/**
 * Makes the production build where it is missing or older than any of its sources; `isBench`: the one
 * with the bench's own routes, see next.config.mjs.
 */
export function ensureBuild({ isBench = false } = {}) {
  ensureClient();
  const stamp = path.join(ROOT, isBench ? ".next-bench/made-from" : ".next/made-from");
  const made = digest(BUILD_SOURCES);
  if (isFresh(stamp, made)) return;
  console.error("Building (once for each version, about half a minute) …");
  run("node_modules/next/dist/bin/next", ["build"], {
    NODE_ENV: "production",
    ...(isBench && { BENCH_BUILD: "1" }),
  });
  fs.writeFileSync(stamp, made);
}
