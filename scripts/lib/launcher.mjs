// Database, migrations, server, in this order; and in the reverse order at the end.
import { claimDataDir, openDataDir, readKeys } from "./data-dir.mjs";
import { startPostgres } from "./postgres.mjs";
import { onParentGone } from "./prepare.mjs";
import { ensureMigrated, isSetUp, makeSetupCode } from "./prepared-database.mjs";
import { requirePort, startServer, stopServer } from "./server-process.mjs";
import { requireSettings } from "./settings.mjs";

const DATABASE_CHECK_MS = 500;

const say = (text) => console.log(text);

/** Brings the embedded database back when it dies while the app runs; the app reconnects by itself. */
function watchDatabase(database) {
  let isBusy = false;
  return setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      if (await database.restartIfDead()) say("PostgreSQL had died and was started again");
    } catch (error) {
      console.error(error.message);
    } finally {
      isBusy = false;
    }
  }, DATABASE_CHECK_MS);
}

/** Does one thing of the end; its fault is told and does not keep the others from being done. */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    console.error(error.message);
  }
}

/** One launch: what is running, and how it ends. */
class Launch {
  #ends = [];
  #isEnding = false;

  /** Adds what is to be done at the end; the last added is done first. */
  atEnd(work) {
    this.#ends.unshift(work);
  }

  get isEnding() {
    return this.#isEnding;
  }

  async end(code) {
    if (this.#isEnding) return;
    this.#isEnding = true;
    for (const work of this.#ends) await attempt(work);
    process.exit(code);
  }
}

async function openDatabase(launch, settings) {
  const dataDir = settings.DATA_DIR;
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL, env: {} };
  const starting = startPostgres(dataDir);
  // Known to the end from here: a signal during the start must not leave the database running.
  launch.atEnd(async () => (await starting.catch(() => null))?.stop());
  const database = await starting;
  const watch = watchDatabase(database);
  launch.atEnd(() => clearInterval(watch));
  if (database.moved) {
    say(
      `Database files are in ${database.moved}: other users cannot enter the data directory or the clone`,
    );
  }
  if (database.isReused) {
    say(`PostgreSQL was still running and is used again (pid ${database.pid()})`);
  }
  return { url: database.url, env: { EMBEDDED_DATABASE: "1", ...readKeys(dataDir, settings) } };
}

function announce(settings, setupCode, lines) {
  const url = settings.APP_URL;
  say(`\nModelScope Playground is ready: ${url}`);
  if (setupCode) say(`Setup code (once): ${setupCode}\nCreate the administrator at ${url}/setup`);
  for (const line of lines) say(line);
  say("Ctrl-C stops it.\n");
}

async function serve(launch, { mode, prepareEnv, seed }) {
  const settings = requireSettings();
  const dataDir = settings.DATA_DIR;
  openDataDir(dataDir);
  const claim = claimDataDir(dataDir);
  launch.atEnd(claim.release);
  await requirePort(settings, { mayWait: claim.wasKilled });
  const database = await openDatabase(launch, settings);
  const migrated = await ensureMigrated(database.url);
  if (migrated) say(migrated);
  const extra = (await prepareEnv?.(launch)) ?? {};
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    NODE_ENV: mode === "dev" ? "development" : "production",
    ...database.env,
    ...extra,
  };
  const lines = (await seed?.(env)) ?? [];
  const needsSetup = !(await isSetUp(database.url));
  const setupCode = needsSetup ? (settings.SETUP_CODE ?? makeSetupCode()) : null;
  const server = startServer(mode, settings, { ...env, SETUP_CODE: setupCode ?? "" });
  launch.atEnd(() => stopServer(server, settings));
  void server.exited.then((reason) => {
    if (!launch.isEnding) console.error(`the server ended (${reason})`);
    return launch.end(1);
  });
  if (await server.ready) return announce(settings, setupCode, lines);
  if (!launch.isEnding) throw new Error("the server did not become ready in time");
  return undefined;
}

/**
 * Launches the app and keeps it until it is told to end. `prepareEnv` adds settings, `seed` fills
 * the migrated database and answers lines to print.
 */
export async function launchApp(options) {
  const launch = new Launch();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => void launch.end(0));
  onParentGone(() => void launch.end(0));
  try {
    await serve(launch, options);
  } catch (error) {
    console.error(error.message);
    await launch.end(1);
  }
}
