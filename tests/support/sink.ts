import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server that nothing may ever reach. */
export async function startSink(): Promise<{ url: string; hits: string[]; close: () => void }> {
  const hits: string[] = [];
  const server = http.createServer((request, response) => {
    hits.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hits,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
