import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getSettings } from "@/lib/server/env";

export type DatabaseProxy = {
  /** Time that each statement takes longer. */
  delayMs: number;
  /** The database is gone: connections break and none is made. */
  cut: () => void;
  mend: () => void;
  close: () => Promise<void>;
};

const SOCKET = ".s.PGSQL.5432";

/**
 * Puts itself between the app and its database, for all connections that are made from here on: call
 * it before the first one of the file.
 */
export async function startDatabaseProxy(): Promise<DatabaseProxy> {
  const settings = getSettings();
  const url = new URL(settings.DATABASE_URL ?? "");
  const real = path.join(url.searchParams.get("host") ?? "", `.s.PGSQL.${url.port || 5432}`);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "msp-proxy-"));
  const sockets = new Set<net.Socket>();
  let isCut = false;
  const server = net.createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = net.connect(real);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    let sending: Promise<unknown> = Promise.resolve();
    client.on("data", (bytes) => {
      const { delayMs } = proxy;
      sending = sending.then(() => pause(delayMs)).then(() => upstream.write(bytes));
    });
    upstream.on("data", (bytes) => client.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(path.join(directory, SOCKET), resolve));
  const proxied = new URL(url);
  proxied.port = "5432";
  proxied.searchParams.set("host", directory);
  Object.assign(settings, { DATABASE_URL: proxied.href });
  const proxy: DatabaseProxy = {
    delayMs: 0,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
  return proxy;
}
