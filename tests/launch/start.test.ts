import { randomBytes } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";

const newEnv = async () => ({ DATA_DIR: makeDirectory(), PORT: String(await findFreePort()) });

/** Commands of processes that work in a directory or below. */
function processesIn(directory: string): string[] {
  return fs.readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(directory);
    } catch {
      return false;
    }
  });
}

describe("starting", () => {
  it("an empty data directory: database, migrations, keys, address and setup code", async () => {
    const env = await newEnv();
    const app = await new LaunchedApp({ env }).ready();
    expect(app.output).toContain(`is ready: ${app.url}`);
    expect(app.output).toMatch(/Setup code \(once\): [a-z2-9]{5}(-[a-z2-9]{5}){3}/);
    expect(await (await app.fetch("/api/ready")).json()).toEqual({ status: "ok", database: "ok" });
    for (const secret of ["auth-secret", "token-keys"]) {
      expect(fs.statSync(path.join(env.DATA_DIR, secret)).mode & 0o777).toBe(0o600);
    }
    expect(await app.stop("SIGTERM")).toBe(0);
    expect(processesIn(env.DATA_DIR)).toEqual([]);
  });

  it("a second time: no code once set up, sessions and keys kept", async () => {
    const env = await newEnv();
    const first = await new LaunchedApp({ env }).ready();
    const code = /Setup code \(once\): (\S+)/.exec(first.output)?.[1] ?? "";
    const body = {
      code: "wrong-code-entirely",
      name: "A",
      email: "a@example.com",
      password: "correct horse battery",
    };
    expect((await first.fetch("/api/setup", { method: "POST", body })).status).toBe(403);
    expect(
      (await first.fetch("/api/setup", { method: "POST", body: { ...body, code } })).status,
    ).toBe(201);
    await first.stop("SIGINT");
    const keys = fs.readFileSync(path.join(env.DATA_DIR, "token-keys"), "utf8");
    const second = await new LaunchedApp({ env }).ready();
    expect(second.output).not.toContain("Setup code");
    expect(fs.readFileSync(path.join(env.DATA_DIR, "token-keys"), "utf8")).toBe(keys);
    expect(
      (await second.fetch("/api/setup", { method: "POST", body: { ...body, code } })).status,
    ).toBe(404);
    expect((await second.fetch("/setup")).status).toBe(404);
  });
});

it("npm start: what npm is told reaches the launcher, and nothing is left", async () => {
  const env = await newEnv();
  const app = await new LaunchedApp({ env, isThroughNpm: true }).ready();
  await app.stop("SIGTERM");
  const endMs = Date.now() + 10_000;
  while (processesIn(env.DATA_DIR).length > 0 && Date.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(processesIn(env.DATA_DIR)).toEqual([]);
  await expect(app.fetch("/api/health")).rejects.toThrow();
});

describe("what cannot start says why and ends with 1", () => {
  const fail = async (env: Record<string, string>) => {
    const app = new LaunchedApp({ env });
    expect(await app.exited()).toBe(1);
    return app.output;
  };

  it("wrong settings: every fault at once, names and no values", async () => {
    const env = await newEnv();
    const output = await fail({
      ...env,
      PORT: "c4nary",
      APP_URL: "c4nary",
      RUN_IDLE_MS: "c4nary",
      MODELSCOPE_API_URL: "http://c4nary.example",
    });
    for (const name of ["PORT", "APP_URL", "RUN_IDLE_MS", "MODELSCOPE_API_URL"])
      expect(output).toContain(`${name} `);
    expect(output).not.toContain("c4nary");
  });

  it("a port in use", async () => {
    const env = await newEnv();
    const server = http.createServer().listen(Number(env.PORT), "127.0.0.1");
    expect(await fail(env)).toContain(`PORT ${env.PORT} is in use`);
    server.close();
    expect(processesIn(env.DATA_DIR)).toEqual([]);
  });

  it("a data directory that cannot be written", async () => {
    const env = await newEnv();
    const file = path.join(env.DATA_DIR, "a-file");
    fs.writeFileSync(file, "");
    expect(await fail({ ...env, DATA_DIR: path.join(file, "data") })).toContain(
      "DATA_DIR cannot be written",
    );
  });

  it("a database that is not there, without showing its address", async () => {
    const env = {
      ...(await newEnv()),
      AUTH_SECRET: "x".repeat(40),
      TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    };
    const port = await findFreePort();
    const output = await fail({
      ...env,
      DATABASE_URL: `postgresql://app:c4nary@127.0.0.1:${port}/app`,
    });
    expect(output).toContain("DATABASE_URL: the database cannot be reached (ECONNREFUSED)");
    expect(output).not.toContain("c4nary");
  });

  it("a data directory that another launcher uses", async () => {
    const env = await newEnv();
    const first = await new LaunchedApp({ env }).ready();
    const output = await fail({ ...env, PORT: String(await findFreePort()) });
    expect(output).toContain(`another launcher (pid ${first.child.pid})`);
    expect((await first.fetch("/api/ready")).status).toBe(200);
  });
});
