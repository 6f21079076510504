// What must work before anything is installed: built-in modules only, any Node from 20 on.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const NODE_FILE = process.platform === "win32" ? "node.exe" : "node";
const PROJECT_NODE = path.join(ROOT, "node_modules/node/bin", NODE_FILE);
const OLDEST_NODE = 20;
const PROJECT_MAJOR = 24;
const PARENT_CHECK_MS = 100;

const majorOf = (version) => Number(version.split(".")[0]);

/** npm writes its hidden lock file last, so one older than package-lock.json means: not (fully) installed. */
function isInstalled() {
  const hidden = path.join(ROOT, "node_modules/.package-lock.json");
  if (!fs.existsSync(hidden) || !fs.existsSync(PROJECT_NODE)) return false;
  return fs.statSync(hidden).mtimeMs >= fs.statSync(path.join(ROOT, "package-lock.json")).mtimeMs;
}

function runNpm(...args) {
  const cli = process.env.npm_execpath;
  const command = cli ? process.execPath : "npm";
  const result = spawnSync(command, [...(cli ? [cli] : []), ...args], {
    cwd: ROOT,
    stdio: ["ignore", process.stderr, "inherit"],
    shell: !cli && process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new Error("npm could not install the packages; its own message stands above");
  }
}

function install() {
  console.error("Installing packages (once, about a minute) …");
  // Scripts off and the two needed steps by hand: the same with every npm, also one that knows no allowScripts.
  runNpm("ci", "--include=dev", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error");
  const nodePackage = path.join(ROOT, "node_modules/node");
  const result = spawnSync(process.execPath, ["installArchSpecificPackage.js"], {
    cwd: nodePackage,
    stdio: ["ignore", process.stderr, "inherit"],
  });
  if (result.status !== 0 || !fs.existsSync(PROJECT_NODE)) {
    throw new Error("the project's own Node could not be installed from npm");
  }
}

/**
 * Calls `end` when the shell that npm ran this script in is gone: npm passes a signal on to that
 * shell only, which dies of it and leaves its child behind.
 */
function onShellGone(end) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    end();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** Runs this script again under the project's Node, ends as it ends, and ends it when this process dies. */
function runAgain() {
  const child = spawn(PROJECT_NODE, process.argv.slice(1), {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, MSP_ENDS_WITH_PARENT: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group; only what came to this process alone is passed on.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  onShellGone(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return new Promise(() => undefined);
}

/**
 * Installs what is missing and continues under the project's Node. Call it first in every command;
 * import what needs packages only after it.
 */
export async function prepare() {
  try {
    if (majorOf(process.versions.node) < OLDEST_NODE) {
      throw new Error(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}`);
    }
    if (!isInstalled()) install();
    if (majorOf(process.versions.node) < PROJECT_MAJOR) await runAgain();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  await import("./module-hooks.mjs");
  process.env.PATH = `${path.join(ROOT, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
}

/** Calls `end` when the process that started this one is gone, also by kill -9. */
export function onParentGone(end) {
  if (process.env.MSP_ENDS_WITH_PARENT !== "1" || !process.channel) return onShellGone(end);
  process.on("disconnect", end);
  process.channel.unref();
  return undefined;
}
