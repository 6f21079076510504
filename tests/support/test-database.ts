import path from "node:path";

export type TestDatabase = {
  address: { host: string; port: number; user: string };
  isReused: boolean;
  stop: () => Promise<void>;
};

const ROOT = path.resolve(import.meta.dirname, "../..");

/** The PostgreSQL of the tests: an embedded one with a data directory of its own. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const { startPostgres } = (await import("../../scripts/lib/postgres.mjs" as string)) as {
    startPostgres: (dataDir: string) => Promise<TestDatabase>;
  };
  return startPostgres(path.join(ROOT, ".data/test"));
}

/** The URL of one database on the test server. */
export function toDatabaseUrl({ host, port, user }: TestDatabase["address"], name: string): string {
  return `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
}
