import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { onTestFinished } from "vitest";
import { makeDirectory } from "./launched-app";

type NginxOptions = {
  port: number;
  /** Of the app. */
  target: number;
  /** Silence after which it gives an answer up. */
  idleSeconds: number;
};

const toConfig = (directory: string, { port, target, idleSeconds }: NginxOptions) => `
daemon off;
master_process off;
pid ${directory}/pid;
error_log ${directory}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${target};
      proxy_read_timeout ${idleSeconds}s;
    }
  }
}
`;

async function isListening(port: number): Promise<boolean> {
  const socket = net.connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** An nginx with its defaults for proxies, before an app; gone after the test. */
export async function startNginx(program: string, options: NginxOptions): Promise<void> {
  const directory = makeDirectory();
  const config = path.join(directory, "nginx.conf");
  fs.writeFileSync(config, toConfig(directory, options));
  const child: ChildProcess = spawn(program, ["-p", directory, "-c", config], { stdio: "inherit" });
  onTestFinished(() => void child.kill("SIGKILL"));
  for (const endMs = Date.now() + 10_000; Date.now() < endMs; ) {
    if (await isListening(options.port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx did not start");
}
