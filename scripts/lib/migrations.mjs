// Ordinary Prisma migrations, made, applied and checked with Prisma's own engine compiled to WebAssembly:
// the native engine would have to be downloaded from a host that many networks cannot reach.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { ROOT } from "./prepare.mjs";

const SCHEMA = path.join(ROOT, "prisma/schema.prisma");
const MIGRATIONS = path.join(ROOT, "prisma/migrations");
const FILTERS = { externalTables: [], externalEnums: [] };
/** Ours, beside Prisma's own 72707369, whose holder waits ten seconds only. */
const LOCK_KEY = 7_270_369;
/** PostgreSQL's one-byte type "char", which the adapter does not know, and its text type. */
const CHAR_TYPE = 18;
const TEXT_TYPE = 25;

async function instantiateEngine() {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = await import(entry);
  const bytes = fs.readFileSync(entry.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => console.error("schema engine:", message),
  };
  return glue.SchemaEngine;
}

let engine;
/** Once a process: the engine's glue keeps views of one memory. */
const loadEngine = () => (engine ??= instantiateEngine());

const readSchemas = () => ({ files: [{ path: SCHEMA, content: fs.readFileSync(SCHEMA, "utf8") }] });

function readMigrations() {
  const names = fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return {
    baseDir: MIGRATIONS,
    shadowDbInitScript: "",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    migrationDirectories: names.map((name) => {
      const value = fs.readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
      return {
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value } },
      };
    }),
  };
}

/** Makes one connection fit for migrations; see {@link createFactory}. */
function mendConnection(connection, pools, isShadow) {
  const pool = connection.underlyingDriver();
  pools.add(pool);
  const query = pool.query.bind(pool);
  let charColumns = [];
  pool.query = async (...args) => {
    const result = await query(...args);
    charColumns = (result.fields ?? []).map(({ dataTypeID }) => dataTypeID === CHAR_TYPE);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === CHAR_TYPE) field.dataTypeID = TEXT_TYPE;
    }
    return result;
  };
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    result.columnTypes = result.columnTypes.map((type, index) =>
      charColumns[index] ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
  // The whole script in one simple query: one implicit transaction, and no splitting at every ";".
  connection.executeScript = async (script) => {
    await pool.query(script);
  };
  if (isShadow) {
    const release = connection.release;
    connection.release = async () => {
      await pool.end(); // the stock order drops the database while it is connected to it
      pool.end = async () => undefined;
      await release();
    };
  }
  return connection;
}

/** The PostgreSQL adapter with one connection each, whole scripts and the type "char" understood. */
function createFactory(config, pools) {
  const inner = new PrismaPg({ ...config, max: 1 });
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: async () => mendConnection(await inner.connect(), pools, false),
    connectToShadowDb: async () => mendConnection(await inner.connectToShadowDb(), pools, true),
  };
}

async function withEngine(config, use) {
  const SchemaEngine = await loadEngine();
  const pools = new Set();
  const datamodels = readSchemas().files.map(({ path: file, content }) => [file, content]);
  const factory = bindMigrationAwareSqlAdapterFactory(createFactory(config, pools));
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, factory);
  try {
    return await use(engine);
  } catch (error) {
    throw new Error(error?.message ?? String(error), { cause: error });
  } finally {
    engine.free();
    // The engine keeps its own advisory lock until its connection closes.
    for (const pool of pools) if (!pool.ended) await pool.end();
  }
}

/** One process at a time, however many start together. */
async function withLock(config, use) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    return await use();
  } finally {
    await client.end();
  }
}

/** The SQL that leads from the migrations to schema.prisma, or null where there is none to make. */
async function findPending(engine) {
  const { stdout } = await engine.diff({
    from: { tag: "migrations", ...readMigrations() },
    to: { tag: "schemaDatamodel", ...readSchemas() },
    script: true,
    exitCode: null,
    filters: FILTERS,
  });
  return /^\s*(--[^\n]*\s*)?$/.test(stdout ?? "") ? null : stdout;
}

/** Shadow databases that a crash left behind. */
async function dropShadows(config) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select datname from pg_database where datname like 'prisma_migrate_shadow_db_%'",
    );
    for (const { datname } of rows)
      await client.query(`drop database if exists "${datname}" with (force)`);
  } finally {
    await client.end();
  }
}

/** Applies what is not applied yet; answers the names. Safe for several processes at once. */
export async function applyMigrations(config) {
  const migrationsList = readMigrations();
  return withLock(config, () =>
    withEngine(config, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: FILTERS,
      });
      return appliedMigrationNames;
    }),
  );
}

/**
 * How the database, the migrations and the schema stand to each other, as sentences; empty where
 * all agree. Needs the right to create databases (for the shadow).
 */
export async function findDrift(config) {
  await dropShadows(config);
  return withEngine(config, async (engine) => {
    const migrationsList = readMigrations();
    const history = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: FILTERS,
    });
    const pending = await findPending(engine);
    const { action } = await engine.devDiagnostic({ migrationsList, filters: FILTERS });
    return [
      ...history.editedMigrationNames.map(
        (name) => `migration ${name} was edited after it was applied`,
      ),
      ...history.failedMigrationNames.map((name) => `migration ${name} failed half-way`),
      ...(history.history?.unappliedMigrationNames ?? []).map(
        (name) => `migration ${name} is not applied`,
      ),
      ...(pending
        ? ["schema.prisma has changes without a migration; make one: npm run db -- new NAME"]
        : []),
      ...(action.tag === "reset" ? [`the database has drifted: ${action.reason}`] : []),
    ];
  });
}

/** Writes a migration for the changes of schema.prisma; answers its directory, or null without changes. */
export async function createMigration(config, name) {
  await dropShadows(config);
  fs.mkdirSync(MIGRATIONS, { recursive: true });
  const script = await withEngine(config, findPending);
  if (!script) return null;
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const directory = path.join(MIGRATIONS, `${stamp}_${name.replace(/\W+/g, "_")}`);
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(path.join(directory, "migration.sql"), script);
  fs.writeFileSync(path.join(MIGRATIONS, "migration_lock.toml"), 'provider = "postgresql"\n');
  return directory;
}
