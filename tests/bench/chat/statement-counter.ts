import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/** Counts the statements that the app sends to its database, by their names. */
export type StatementCounter = {
  /** Where the database is reached through the counter. */
  address: { host: string; port: number };
  /** Executions since the last call, by name; what has no name is named "". */
  take: () => Map<string, number>;
  close: () => void;
};

const BIND = 0x42;
const QUERY = 0x51;
const HEADER_BYTES = 5;

/** Finds the messages in what a client sends; the first one of a connection has no type. */
class MessageReader {
  #rest: Buffer = Buffer.alloc(0);
  #typeBytes = 0;

  /** The names of the statements that are executed by it. */
  take(bytes: Buffer): string[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const names: string[] = [];
    for (let message = this.#next(); message; message = this.#next()) {
      const [type] = message;
      if (type === QUERY) names.push("");
      if (type === BIND) names.push(toStatementName(message));
    }
    return names;
  }

  #next(): Buffer | null {
    if (this.#rest.length < HEADER_BYTES) return null;
    const size = this.#rest.readInt32BE(this.#typeBytes) + this.#typeBytes;
    if (this.#rest.length < size) return null;
    const message = this.#rest.subarray(0, size);
    this.#rest = this.#rest.subarray(size);
    const isStart = this.#typeBytes === 0;
    this.#typeBytes = 1;
    return isStart ? Buffer.alloc(1) : message;
  }
}

/** Behind the name of the portal. */
function toStatementName(message: Buffer): string {
  const nameAt = message.indexOf(0, HEADER_BYTES) + 1;
  return message.toString("utf8", nameAt, message.indexOf(0, nameAt));
}

export async function startStatementCounter({
  host,
  port,
}: StatementCounter["address"]): Promise<StatementCounter> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "msp-count-"));
  let counts = new Map<string, number>();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(path.join(host, `.s.PGSQL.${port}`));
    const reader = new MessageReader();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (bytes: Buffer) => {
      for (const name of reader.take(bytes)) counts.set(name, (counts.get(name) ?? 0) + 1);
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => client.write(bytes));
  });
  await new Promise<void>((resolve) =>
    server.listen(path.join(directory, ".s.PGSQL.5432"), resolve),
  );
  return {
    address: { host: directory, port: 5432 },
    take: () => {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
