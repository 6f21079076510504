import "server-only";
import pg from "pg";
import { monotonicMs } from "../clock";
import { getSettings } from "../env";
import { logWarning } from "../log";
import { toDatabaseError } from "./faults";

const SLOW_QUERY_MS = 20;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;

const store = globalThis as unknown as { __mspPool?: pg.Pool };

/** The one pool of this process; Prisma works on it too. */
export function getPool(): pg.Pool {
  if (!store.__mspPool) {
    const { DATABASE_URL, DATABASE_POOL_SIZE } = getSettings();
    store.__mspPool = new pg.Pool({
      connectionString: DATABASE_URL,
      max: DATABASE_POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      // Also where the server is gone without a word: a dead connection answers nothing.
      query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
      keepAlive: true,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    });
    store.__mspPool.on("error", () => logWarning("database connection lost"));
  }
  return store.__mspPool;
}

/** Writes a log line where a statement took longer than 20 ms; its values are not logged. */
export function reportSlowQuery(statement: string, ms: number): void {
  if (ms > SLOW_QUERY_MS)
    logWarning("slow query", { ms: Math.round(ms), statement: statement.slice(0, 200) });
}

/**
 * Runs a named, server-prepared statement on the pool: for the hot path, where Prisma costs several
 * times as much. Dates come back as `Date`; cast counts to `int`.
 */
export async function queryNamed<Row extends pg.QueryResultRow>(
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return runNamed<Row>(getPool(), name, text, values);
}

async function runNamed<Row extends pg.QueryResultRow>(
  on: Pick<pg.Pool, "query">,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const startedMs = monotonicMs();
  try {
    const result = await on.query<Row>({ name, text, values });
    return result.rows;
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    reportSlowQuery(name, monotonicMs() - startedMs);
  }
}

/** What runs statements; inside of a transaction each sees what was committed before it began. */
export type Query = typeof queryNamed;

/** Runs several statements in one transaction; all of them are undone where one throws. */
export async function inTransaction<Value>(work: (query: Query) => Promise<Value>): Promise<Value> {
  const client = await getPool()
    .connect()
    .catch((error) => {
      throw toDatabaseError(error);
    });
  try {
    await client.query("begin");
    const value = await work((name, text, values) => runNamed(client, name, text, values));
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw toDatabaseError(error);
  } finally {
    client.release();
  }
}
