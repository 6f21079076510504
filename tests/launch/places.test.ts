import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";
import { startTestDatabase, toDatabaseUrl } from "../support/test-database";

const ROOT = path.resolve(import.meta.dirname, "../..");
const isRoot = process.getuid?.() === 0;
/** `daemon`, which every Linux has; PostgreSQL wants a user with a name. */
const ORDINARY_USER = 1;

/** A copy of this clone (hard links) in a directory of its own that only root may enter. */
function cloneBelow0700(): string {
  const outer = fs.mkdtempSync(path.join(ROOT, ".data/locked-"));
  onTestFinished(() => fs.rmSync(outer, { recursive: true, force: true, maxRetries: 5 }));
  fs.chmodSync(outer, 0o700);
  const clone = path.join(outer, "clone");
  fs.mkdirSync(clone);
  const entries = fs.readdirSync(ROOT).filter((name) => ![".data", ".git", ".next"].includes(name));
  execFileSync("cp", ["-al", ...entries.map((name) => path.join(ROOT, name)), clone]);
  execFileSync("cp", ["-a", path.join(ROOT, ".next"), clone]);
  return clone;
}

it("an ordinary PostgreSQL server named by DATABASE_URL, with its own keys", async () => {
  const database = await startTestDatabase();
  onTestFinished(() => database.stop());
  const name = `launch_${randomBytes(4).toString("hex")}`;
  const admin = new pg.Client({ ...database.address, database: "postgres" });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const env = {
    DATA_DIR: makeDirectory(),
    PORT: String(await findFreePort()),
    DATABASE_URL: toDatabaseUrl(database.address, name),
    AUTH_SECRET: randomBytes(32).toString("base64"),
    TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
  };
  admin.on("error", () => undefined);
  const app = await new LaunchedApp({ env }).ready();
  expect((await app.fetch("/api/ready")).status).toBe(200);
  expect(fs.existsSync(path.join(env.DATA_DIR, "postgres"))).toBe(false);
  expect(fs.existsSync(path.join(env.DATA_DIR, "token-keys"))).toBe(false);
  expect(await app.stop()).toBe(0);
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

describe.runIf(isRoot)("as root", () => {
  it("an ordinary user's account works as well", async () => {
    const dataDir = makeDirectory();
    fs.chownSync(dataDir, ORDINARY_USER, ORDINARY_USER);
    const env = { DATA_DIR: dataDir, PORT: String(await findFreePort()) };
    const app = await new LaunchedApp({ env, uid: ORDINARY_USER }).ready();
    expect((await app.fetch("/api/ready")).status).toBe(200);
    expect(fs.statSync(path.join(dataDir, "postgres")).uid).toBe(ORDINARY_USER);
    expect(await app.stop()).toBe(0);
  });

  it("a clone below a directory that others cannot enter gets a printed place for its database", async () => {
    const root = cloneBelow0700();
    const env = { PORT: String(await findFreePort()) };
    const app = await new LaunchedApp({ env, root }).ready();
    const place = /Database files are in (\S+):/.exec(app.output)?.[1] ?? "";
    onTestFinished(() => fs.rmSync(place, { recursive: true, force: true }));
    expect(fs.existsSync(path.join(place, "postgres/PG_VERSION"))).toBe(true);
    expect(fs.existsSync(path.join(root, ".data/token-keys"))).toBe(true);
    expect((await app.fetch("/api/ready")).status).toBe(200);
    expect(await app.stop()).toBe(0);
    const again = await new LaunchedApp({ env, root }).ready();
    expect(again.output).toContain(place);
    expect(await again.stop()).toBe(0);
  });
});
