import http from "node:http";
import type { AddressInfo } from "node:net";
import { balance, usersMe } from "./endpoints/account.ts";
import { chat } from "./endpoints/chat.ts";
import { poll, resultFile, submit } from "./endpoints/images.ts";
import { models } from "./endpoints/models.ts";
import { type Endpoint, type Exchange, readBody, sendJson, sendNotFound } from "./http.ts";
import { SITE_ROUTES } from "./site-routes.ts";
import { createState, type SimulatorOptions, type SimulatorState } from "./state.ts";

const ROUTES: readonly { method: string; path: RegExp; endpoint: Endpoint }[] = [
  {
    method: "GET",
    path: /^\/$/,
    endpoint: ({ response }) =>
      sendJson(response, 200, { message: "Welcome to the ModelScope simulator" }),
  },
  { method: "GET", path: /^\/v1\/models$/, endpoint: models },
  { method: "POST", path: /^\/v1\/chat\/completions$/, endpoint: chat },
  { method: "POST", path: /^\/v1\/images\/generations$/, endpoint: submit },
  { method: "GET", path: /^\/v1\/tasks\/[^/]+$/, endpoint: poll },
  { method: "GET", path: /^\/img\/[^/]+$/, endpoint: resultFile },
  { method: "GET", path: /^\/openapi\/v1\/users\/me$/, endpoint: usersMe },
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/balance$/, endpoint: balance },
  ...SITE_ROUTES,
];

/** Requests that are kept for the tests. */
const MAX_REMEMBERED = 1_000;
const DEFAULTS: SimulatorOptions = { chunkDelayMs: 20, firstChunkDelayMs: 250, pollsUntilDone: 1 };

/** A running simulator: both hosts of ModelScope behind one address. */
export type Simulator = {
  url: string;
  state: SimulatorState;
  close: () => Promise<void>;
};

function bearerOf(header: string | undefined): string | null {
  return /^Bearer (\S+)$/.exec(header ?? "")?.[1] ?? null;
}

async function handle(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  state: SimulatorState,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://simulator");
  const body = await readBody(request);
  const record = {
    method: request.method ?? "",
    path: url.pathname,
    headers: request.headers,
    body,
    isClosedEarly: false,
  };
  state.requests.push(record);
  if (state.requests.length > MAX_REMEMBERED) state.requests.shift();
  response.once("close", () => {
    record.isClosedEarly = !response.writableFinished;
  });
  const route = ROUTES.find((r) => r.method === request.method && r.path.test(url.pathname));
  if (!route) return sendNotFound(response);
  const token = bearerOf(request.headers.authorization);
  const exchange: Exchange = { request, response, url, body, token, state };
  await route.endpoint(exchange);
}

/** Starts the simulator on loopback; port 0 takes a free one. */
export async function startSimulator({
  port = 0,
  ...options
}: Partial<SimulatorOptions> & { port?: number } = {}): Promise<Simulator> {
  const state = createState({ ...DEFAULTS, ...options });
  const server = http.createServer((request, response) => {
    handle(request, response, state).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
