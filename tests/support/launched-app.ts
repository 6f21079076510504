import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const READY_TIMEOUT_MS = 60_000;
const EMAIL = "owner@example.com";
const PASSWORD = "a long enough password";

export async function findFreePort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** An empty directory that is gone after the test. */
export function makeDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "msp-launch-"));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

type LaunchOptions = {
  env: Record<string, string>;
  root?: string;
  uid?: number;
  /** As a person types it: npm, its shell, the launcher. */
  isThroughNpm?: boolean;
};

/** A launcher started as a person would start it, and what it printed. */
export class LaunchedApp {
  output = "";
  readonly child: ChildProcess;
  readonly url: string;
  #cookie = "";

  constructor({ env, root = ROOT, uid, isThroughNpm = false }: LaunchOptions) {
    this.url = env.APP_URL ?? `http://localhost:${env.PORT}`;
    const [command, args] = isThroughNpm
      ? ["npm", ["start"]]
      : [process.execPath, [path.join(root, "scripts/start.mjs")]];
    this.child = spawn(command, args, {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: env.DATA_DIR ?? "/",
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      ...(uid !== undefined && { uid, gid: uid }),
    });
    const collect = (data: Buffer) => {
      this.output += data;
    };
    this.child.stdout?.on("data", collect);
    this.child.stderr?.on("data", collect);
    onTestFinished(async () => {
      await this.stop();
    });
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async exited(): Promise<number | string | null> {
    if (!this.hasExited) await once(this.child, "exit");
    return this.child.exitCode ?? this.child.signalCode;
  }

  async ready(): Promise<this> {
    for (const endMs = Date.now() + READY_TIMEOUT_MS; Date.now() < endMs; ) {
      if (this.output.includes("Ctrl-C stops it")) return this;
      if (this.hasExited) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the app did not become ready:\n${this.output}`);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | string | null> {
    if (!this.hasExited) this.child.kill(signal);
    return this.exited();
  }

  /** Pids of the launcher's server. */
  serverPid(): number {
    const children = fs.readFileSync(
      `/proc/${this.child.pid}/task/${this.child.pid}/children`,
      "utf8",
    );
    const pids = children.split(" ").filter(Boolean).map(Number);
    const server = pids.find((pid) => /next/.test(fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")));
    if (!server) throw new Error("the launcher has no server");
    return server;
  }

  /** Calls the app with the session of {@link signIn}. */
  async fetch(
    target: string,
    init: {
      method?: string;
      body?: unknown;
      form?: Record<string, string>;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Response> {
    const response = await fetch(this.url + target, {
      method: init.method ?? "GET",
      redirect: "manual",
      headers: {
        cookie: this.#cookie,
        "accept-language": "en",
        ...(init.body !== undefined && { "content-type": "application/json" }),
        ...init.headers,
      },
      ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
      ...(init.form && { body: new URLSearchParams(init.form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      const [name] = pair.split("=");
      const others = this.#cookie.split("; ").filter((old) => old && !old.startsWith(`${name}=`));
      this.#cookie = [...others, pair].join("; ");
    }
    return response;
  }

  /** Makes the administrator with the printed code, signs in and stores a token. */
  async setUp(token: string): Promise<void> {
    const code = /Setup code \(once\): (\S+)/.exec(this.output)?.[1];
    await this.fetch("/api/setup", {
      method: "POST",
      body: { code, name: "Owner", email: EMAIL, password: PASSWORD },
    });
    await this.signIn();
    await this.fetch("/api/token", { method: "PUT", body: { token } });
  }

  async signIn(): Promise<void> {
    const { csrfToken } = (await (await this.fetch("/api/auth/csrf")).json()) as {
      csrfToken: string;
    };
    const form = { csrfToken, email: EMAIL, password: PASSWORD, json: "true" };
    const response = await this.fetch("/api/auth/callback/credentials", { method: "POST", form });
    if (response.status !== 200)
      throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  }
}
