import { startPostgres } from "./postgres.mjs";
import { requireSettings } from "./settings.mjs";

/**
 * The database that the settings name: `DATABASE_URL`, else the embedded one, started where it does
 * not run and then stopped again by `release`. `env` is what the app's own code has to find there.
 */
export async function openConfiguredDatabase() {
  const { DATA_DIR } = requireSettings(["DATA_DIR"]);
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) {
    return { config: { connectionString: DATABASE_URL }, env: {}, release: async () => undefined };
  }
  const database = await startPostgres(DATA_DIR);
  return {
    config: { ...database.address, database: "app" },
    env: { DATABASE_URL: database.url, EMBEDDED_DATABASE: "1", DATA_DIR },
    release: () => (database.isReused ? Promise.resolve() : database.stop()),
  };
}
