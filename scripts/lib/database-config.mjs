import path from "node:path";
import { startPostgres } from "./postgres.mjs";

/**
 * The database that the settings name: `DATABASE_URL`, else the embedded one, started where it does
 * not run and then stopped again by `release`.
 */
export async function readDatabaseConfig() {
  const url = process.env.DATABASE_URL;
  if (url) return { config: { connectionString: url }, release: async () => undefined };
  const database = await startPostgres(path.resolve(process.env.DATA_DIR ?? ".data"));
  return {
    config: { ...database.address, database: "app" },
    release: () => (database.isReused ? Promise.resolve() : database.stop()),
  };
}
