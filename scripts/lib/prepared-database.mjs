// The database made ready for the app: reachable, migrated, and asked whether it was set up.

import { spawn } from "node:child_process";
import { createHash, randomInt } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { ROOT } from "./prepare.mjs";

const MIGRATIONS = path.join(ROOT, "prisma/migrations");
/** Without letters and digits that are mistaken for each other. */
const CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
const CODE_GROUPS = 4;
const GROUP_LENGTH = 5;

async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const reason = error.code ?? "no connection";
    throw new Error(`DATABASE_URL: the database cannot be reached (${reason})`);
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether every migration on disk stands in the database with the same content. */
async function isMigrated(client) {
  const { rows: tables } = await client.query(`select to_regclass('"_prisma_migrations"') as name`);
  if (tables[0].name === null) return false;
  const { rows } = await client.query(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  return fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .every(({ name }) => {
      const sql = fs.readFileSync(path.join(MIGRATIONS, name, "migration.sql"));
      return applied.get(name) === createHash("sha256").update(sql).digest("hex");
    });
}

/** In a process of its own: the engine keeps its memory and a timer. */
function migrate(url) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, "scripts/db.mjs"), "apply"], {
      env: { ...process.env, DATABASE_URL: url },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.once("exit", (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`migrations failed:\n${output}`)),
    );
  });
}

/** Applies what is missing; answers what was done, or null. */
export async function ensureMigrated(url) {
  if (await withClient(url, isMigrated)) return null;
  return migrate(url);
}

/** Whether the first administrator was made. */
export function isSetUp(url) {
  return withClient(url, async (client) => {
    const { rowCount } = await client.query('select 1 from "Setup"');
    return rowCount > 0;
  });
}

/** A setup code for people to type: 20 letters, about 99 bits. */
export function makeSetupCode() {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join(
      "",
    );
  return Array.from({ length: CODE_GROUPS }, group).join("-");
}
