import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";

const newEnv = async () => ({ DATA_DIR: makeDirectory(), PORT: String(await findFreePort()) });
const START = path.resolve(import.meta.dirname, "../../scripts/start.mjs");

it("a start that was killed while it made the database does no harm", async () => {
  const env = await newEnv();
  for (const killAfterMs of [250, 350, 450, 300, 400, 500, 600]) {
    const child = spawn(process.execPath, [START], {
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "production", ...env },
      stdio: "ignore",
    });
    const exit = once(child, "exit");
    await new Promise((resolve) => setTimeout(resolve, killAfterMs));
    child.kill("SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
  }
  const app = await new LaunchedApp({ env }).ready();
  expect((await app.fetch("/api/ready")).status).toBe(200);
});

it("a stop during the start leaves nothing running", async () => {
  const env = await newEnv();
  const app = new LaunchedApp({ env });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await app.stop("SIGTERM");
  const servers = fs.readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(env.DATA_DIR);
    } catch {
      return false;
    }
  });
  expect(servers).toEqual([]);
});

it("own secrets are used as they are; none are made beside them", async () => {
  const env = { ...(await newEnv()), AUTH_SECRET: randomBytes(32).toString("base64") };
  const keys = path.join(env.DATA_DIR, "my-keys");
  fs.writeFileSync(keys, `mine:${randomBytes(32).toString("base64")}\n`);
  const app = await new LaunchedApp({ env: { ...env, TOKEN_KEYS_FILE: keys } }).ready();
  await app.setUp("ms-00000000-0000-4000-8000-000000000001");
  const status = (await (await app.fetch("/api/token")).json()) as { keyId: string };
  expect(status.keyId).toBe("mine");
  expect(fs.existsSync(path.join(env.DATA_DIR, "auth-secret"))).toBe(false);
  expect(fs.existsSync(path.join(env.DATA_DIR, "token-keys"))).toBe(false);
});

it("a key file that cannot be used is told at the start", async () => {
  const env = await newEnv();
  const keys = path.join(env.DATA_DIR, "my-keys");
  for (const content of [
    null,
    "",
    "k1:dG9vIHNob3J0",
    `k1:${Buffer.alloc(32).toString("base64")}`,
  ]) {
    if (content !== null) fs.writeFileSync(keys, content);
    const app = new LaunchedApp({ env: { ...env, TOKEN_KEYS_FILE: keys } });
    expect(await app.exited()).toBe(1);
    expect(app.output).toMatch(/^TOKEN_KEYS_FILE /m);
  }
});
