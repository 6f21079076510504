// The app's own process: its port, its start, its end.
import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./prepare.mjs";

const POLL_MS = 20;
const READY_TIMEOUT_MS = 120_000;
const ORPHAN_TIMEOUT_MS = 30_000;
/** What Next says of itself; the launcher says it better. */
const BANNER = /^(▲|✓|- (Local|Network|Environments)|\s*$)/;
/** After the drain: time for the last writes. */
const CLOSING_SECONDS = 5;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const isAnyAddress = (host) => host === "0.0.0.0" || host === "::";

function findPortFault(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

/** Throws where the port is taken; after a killed launcher it waits until its server is gone. */
export async function requirePort({ HOST, PORT }, { mayWait }) {
  const deadline = Date.now() + (mayWait ? ORPHAN_TIMEOUT_MS : 0);
  for (;;) {
    const fault = await findPortFault(HOST, PORT);
    if (!fault) return;
    if (fault !== "EADDRINUSE") throw new Error(`HOST and PORT: cannot listen there (${fault})`);
    if (Date.now() >= deadline)
      throw new Error(`PORT ${PORT} is in use by another program; set PORT to a free one`);
    await sleep(100);
  }
}

function isReady(host, port) {
  return new Promise((resolve) => {
    const request = http.get({ host, port, path: "/api/ready", timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("error", () => resolve(false));
    request.once("timeout", () => request.destroy());
  });
}

/**
 * Starts `next start` or `next dev` with the given environment. `ready` resolves with the first 200
 * of `/api/ready`; `exited` resolves with the exit code.
 */
export function startServer(mode, settings, env) {
  const next = path.join(ROOT, "node_modules/next/dist/bin/next");
  const preload = path.join(ROOT, "scripts/lib/die-with-parent.mjs");
  const args = ["--import", preload, next, mode, "-p", String(settings.PORT), "-H", settings.HOST];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...env, NEXT_MANUAL_SIG_HANDLE: "true" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    detached: true, // the launcher passes a terminal's Ctrl-C on, once
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!BANNER.test(line)) console.log(line);
  });
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? code ?? 1));
  });
  return { child, exited, ready: waitUntilReady(child, settings) };
}

async function waitUntilReady(child, { HOST, PORT }) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const host = isAnyAddress(HOST) ? "127.0.0.1" : HOST;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await isReady(host, PORT)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Asks the server to end, waits for its drain, then ends it by force. */
export async function stopServer({ child, exited }, { DRAIN_SECONDS }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const limit = sleep((DRAIN_SECONDS + CLOSING_SECONDS) * 1_000).then(() => "late");
  if ((await Promise.race([exited, limit])) === "late") child.kill("SIGKILL");
  await exited;
}
