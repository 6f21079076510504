import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const READY_TIMEOUT_MS = 60_000;

async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

type Proxy = { server: http.Server; isCut: boolean };

/** A proxy that hands each request to the next of its targets that is there, streams included. */
async function startProxy(port: number, targets: readonly number[]): Promise<Proxy> {
  let next = 0;
  const hand = (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    left = targets.length,
  ) => {
    const target = targets[next++ % targets.length];
    const { url: path, method, headers } = request;
    const forward = http.request({ host: "127.0.0.1", port: target, path, method, headers });
    forward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    forward.on("error", (error) => {
      const isAway = "code" in error && error.code === "ECONNREFUSED";
      if (isAway && left > 1) hand(request, response, left - 1);
      else response.destroy();
    });
    response.on("close", () => forward.destroy());
    request.pipe(forward);
  };
  const server = http.createServer((request, response) => {
    if (proxy.isCut) response.writeHead(502).end("Bad gateway");
    else hand(request, response);
  });
  const proxy: Proxy = { server, isCut: false };
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return proxy;
}

function endIfAlive(pid: number): void {
  try {
    process.kill(pid, "SIGQUIT");
  } catch {
    // it has ended
  }
}

/** A test that fails does not come to its end: nothing of it must be left. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** One app process, as `npm start` would start it on a database of others. */
class Instance {
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;

  constructor(env: Record<string, string>) {
    this.#env = env;
  }

  async start(): Promise<void> {
    const next = path.join(ROOT, "node_modules/next/dist/bin/next");
    const args = [next, "start", "-p", this.#env.PORT ?? "", "-H", "127.0.0.1"];
    this.#child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? "",
        NODE_ENV: "production",
        NEXT_MANUAL_SIG_HANDLE: "true",
        LOG_LEVEL: "warn",
        ...this.#env,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    running.add(this.#child);
    const url = `http://127.0.0.1:${this.#env.PORT}/api/ready`;
    for (const endMs = Date.now() + READY_TIMEOUT_MS; Date.now() < endMs; ) {
      if ((await fetch(url).catch(() => null))?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("an instance did not become ready");
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
    return child.exitCode;
  }
}

export type Instances = {
  /** Of the proxy. */
  url: string;
  setupCode: string;
  all: Instance[];
  /** The database, past the app. */
  databaseUrl: string;
  /** The proxy drops all connections, and says 502 to new ones. */
  cut: () => void;
  mend: () => void;
  stop: () => Promise<void>;
};

/** So many instances of the app on one database, behind a round-robin proxy. */
export async function startInstances(
  count: number,
  env: Record<string, string>,
): Promise<Instances> {
  const { startPostgres } = await import("../../scripts/lib/postgres.mjs" as string);
  const { applyMigrations } = await import("../../scripts/lib/migrations.mjs" as string);
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "msp-instances-"));
  fs.chmodSync(dataDir, 0o711);
  const database = await startPostgres(dataDir);
  const endDatabase = () => endIfAlive(database.pid());
  process.on("exit", endDatabase);
  await applyMigrations({ ...database.address, database: "app" });
  const proxyPort = await findFreePort();
  const url = `http://localhost:${proxyPort}`;
  const setupCode = "instances-setup-code";
  const shared = {
    APP_URL: url,
    DATABASE_URL: database.url,
    AUTH_SECRET: randomBytes(32).toString("base64"),
    TOKEN_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    SETUP_CODE: setupCode,
    DATA_DIR: path.join(dataDir, "files"),
    ...env,
  };
  const ports: number[] = [];
  const all: Instance[] = [];
  for (let index = 0; index < count; index += 1) {
    const port = await findFreePort();
    ports.push(port);
    all.push(new Instance({ ...shared, PORT: String(port) }));
  }
  await Promise.all(all.map((instance) => instance.start()));
  const proxy = await startProxy(proxyPort, ports);
  return {
    url,
    setupCode,
    all,
    databaseUrl: database.url,
    cut: () => {
      proxy.isCut = true;
      proxy.server.closeAllConnections();
    },
    mend: () => {
      proxy.isCut = false;
    },
    stop: async () => {
      await Promise.all(all.map((instance) => instance.kill()));
      proxy.server.closeAllConnections();
      proxy.server.close();
      await database.stop();
      process.off("exit", endDatabase);
      fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
