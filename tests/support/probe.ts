import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

const SCRIPT = path.resolve(import.meta.dirname, "../../scripts/probe-live.mjs");

/** A server that answers as a test wants it to, and the requests it got. */
export async function startServer(
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
): Promise<{ url: string; paths: string[] }> {
  const paths: string[] = [];
  const server = http.createServer((request, response) => {
    paths.push(request.url ?? "");
    request.resume();
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

/** Runs the probe as a person would, with `env` alone; what it said and wrote. */
export async function runProbe(env: Record<string, string>, args: string[] = ["--yes"]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "msp-probe-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: { NODE_ENV: "test", PROBE_OUT: folder, PROBE_POLL_AFTER_MS: "10", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const collect = (data: Buffer) => {
    output += data;
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const [status] = (await once(child, "close")) as [number | null];
  const files = fs.readdirSync(folder).map((name) => ({
    name,
    text: fs.readFileSync(path.join(folder, name), "utf8"),
  }));
  return { status, output, files };
}
