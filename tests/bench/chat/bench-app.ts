import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { startStatementCounter } from "./statement-counter";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const CLOCK_TICKS_PER_SECOND = 100;

export type BenchApp = {
  url: string;
  /** Makes users, each with a session and a token; answers their cookies. */
  makeUsers: (count: number) => Promise<string[]>;
  /** CPU seconds that the server has used. */
  cpuSeconds: () => number;
  /** Starts the server anew, with its statements counted; see `StatementCounter.take`. */
  countStatements: () => Promise<() => Map<string, number>>;
  stop: () => Promise<void>;
};

async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function waitUntilReady(url: string): Promise<void> {
  for (const endMs = Date.now() + 30_000; Date.now() < endMs; ) {
    if ((await fetch(`${url}/api/ready`).catch(() => null))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the app did not become ready");
}

type Address = { host: string; port: number; user: string };

const toUrl = ({ host, port, user }: Address) =>
  `postgresql://${user}@localhost:${port}/app?host=${encodeURIComponent(host)}`;

async function startDatabase(): Promise<{ address: Address; stop: () => Promise<void> }> {
  const { startPostgres } = await import("../../../scripts/lib/postgres.mjs" as string);
  const { applyMigrations } = await import("../../../scripts/lib/migrations.mjs" as string);
  // A new place each time: a server that a killed bench left behind would take this one's socket with it.
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "msp-bench-database-"));
  fs.chmodSync(dataDir, 0o711);
  const database = await startPostgres(dataDir);
  process.once("exit", () => process.kill(database.pid(), "SIGQUIT"));
  await applyMigrations({ ...database.address, database: "app" });
  return database;
}

async function startServer(databaseUrl: string): Promise<ChildProcess> {
  const next = path.join(ROOT, "node_modules/next/dist/bin/next");
  const args = ["--expose-gc", next, "start", "-p", process.env.PORT ?? ""];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: "production", BENCH_BUILD: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  await waitUntilReady(process.env.APP_URL ?? "");
  return child;
}

async function endServer(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

function readCpuSeconds({ pid }: ChildProcess): number {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

/** The production build with the bench's routes, on an embedded database of its own. */
export async function startBenchApp(upstreamUrl: string): Promise<BenchApp> {
  const { ensureBuild } = await import("../../../scripts/lib/artifacts.mjs" as string);
  ensureBuild({ isBench: true });
  const database = await startDatabase();
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  // This process makes users with the same keys.
  Object.assign(process.env, {
    APP_URL: url,
    PORT: String(port),
    DATA_DIR: fs.mkdtempSync(path.join(os.tmpdir(), "msp-bench-")),
    DATABASE_URL: toUrl(database.address),
    EMBEDDED_DATABASE: "1",
    AUTH_SECRET: randomBytes(32).toString("base64"),
    TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    MODELSCOPE_API_URL: upstreamUrl,
    MODELSCOPE_SITE_URL: upstreamUrl,
    MAX_STREAM_BYTES: "900000000",
    LOG_LEVEL: "silent", // stdout is for the rows
  });
  let server = await startServer(toUrl(database.address));
  const ends: (() => void)[] = [];
  return {
    url,
    makeUsers,
    cpuSeconds: () => readCpuSeconds(server),
    countStatements: async () => {
      const counter = await startStatementCounter(database.address);
      ends.push(counter.close);
      await endServer(server);
      server = await startServer(toUrl({ ...database.address, ...counter.address }));
      return counter.take;
    },
    stop: async () => {
      const { getPool } = await import("@/lib/server/db/pool");
      await getPool().end();
      await endServer(server);
      for (const end of ends) end();
    },
  };
}

async function makeUsers(count: number): Promise<string[]> {
  const { insertUser } = await import("@/lib/server/db/users");
  const { openSession } = await import("@/lib/server/auth/session");
  const { replaceToken } = await import("@/lib/server/db/tokens");
  const { seal } = await import("@/lib/server/crypto/sealed");
  const { newId } = await import("@/lib/shared/ids");
  const { Secret } = await import("@/lib/shared/secret");
  const cookies: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = newId("user") as Parameters<typeof replaceToken>[0];
    const tokenId = newId("token");
    const token = new Secret(`ms-00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
    const email = `${id}@example.com`;
    await insertUser({ id, email, name: "Bench", role: "member", passwordHash: "none" });
    await replaceToken(id, {
      id: tokenId,
      sealed: seal(token, { purpose: "provider-token", userId: id, rowId: tokenId }),
      last4: "0000",
      site: "cn",
      state: "valid",
      accountName: null,
      createdAt: new Date(),
    });
    cookies.push(`msp.sid=${await openSession({ id, sessionEpoch: 0, userAgent: null })}`);
  }
  return cookies;
}
