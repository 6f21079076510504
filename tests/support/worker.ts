import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeEach, expect, inject, type MockInstance, vi } from "vitest";
import { startSimulator } from "@/simulator/server";
import { toDatabaseUrl } from "./test-database";

// What Next's server sets before anything else.
Object.assign(globalThis, { AsyncLocalStorage });

const address = inject("databaseAddress");
const name = `test_${process.env.VITEST_POOL_ID}_${randomBytes(4).toString("hex")}`;
const admin = new pg.Client({ ...address, database: "postgres" });
await admin.connect();
await admin.query(`create database ${name} template template_app`);

export const simulator = await startSimulator({
  chunkDelayMs: 1,
  firstChunkDelayMs: 1,
  pollsUntilDone: 2,
});
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "msp-test-"));

Object.assign(process.env, {
  APP_URL: "http://localhost:3000",
  DATA_DIR: dataDir,
  DATABASE_URL: toDatabaseUrl(address, name),
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  SETUP_CODE: "test-setup-code",
  MODELSCOPE_API_URL: simulator.url,
  MODELSCOPE_SITE_URL: simulator.url,
  IMAGE_HOSTS: new URL(simulator.url).host,
  RUN_RETRY_MS: "20",
  RUN_POLL_MS: "20",
  RUN_CHECKPOINT_MS: "50",
  LOG_LEVEL: "silent",
});

Object.assign(globalThis, { __mspTestSimulator: simulator });

let consoleError: MockInstance;

beforeEach(() => {
  simulator.state.requests.length = 0;
  simulator.state.bills.length = 0;
  simulator.state.balances.clear();
  simulator.state.interceptors.clear();
  simulator.state.attempts.clear();
  consoleError = vi.spyOn(console, "error");
});

// An error on the console is a fault that nobody looked at.
afterEach(() => {
  expect(consoleError).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

afterAll(async () => {
  const { __mspPool: pool } = globalThis as unknown as { __mspPool?: pg.Pool };
  await pool?.end();
  await simulator.close();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  fs.rmSync(dataDir, { recursive: true, force: true });
});
