import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { control } from "./endpoints/control.ts";
import { preflight } from "./endpoints/preflight.ts";
import { type Endpoint, type Exchange, type Route, readBody, sendNotFound } from "./http.ts";
import { INFERENCE_ROUTES } from "./inference-routes.ts";
import { DEFAULT_OPTIONS, type SimulatorOptions } from "./options.ts";
import { accountOf } from "./site/oauth-store.ts";
import { SITE_ROUTES } from "./site/routes.ts";
import { createState, type RecordedRequest, type SimulatorState } from "./state.ts";

const ROUTES: readonly Route[] = [...INFERENCE_ROUTES, ...SITE_ROUTES];

/** Requests that are kept for the tests. */
const MAX_REMEMBERED = 1_000;

/** A running simulator: both hosts of ModelScope behind one address. */
export type Simulator = {
  url: string;
  state: SimulatorState;
  close: () => Promise<void>;
};

/** The token of a call; the Anthropic endpoint also takes it as its own SDK sends it. */
function tokenOf({ headers }: http.IncomingMessage, path: string): string | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  const key = path === "/v1/messages" ? headers["x-api-key"] : undefined;
  return bearer ?? (typeof key === "string" ? key : null);
}

function remember({ request, response, url, body, state }: Exchange): void {
  const record: RecordedRequest = {
    method: request.method ?? "",
    path: url.pathname,
    headers: request.headers,
    body,
    get status() {
      return response.headersSent ? response.statusCode : null;
    },
    isClosedEarly: false,
  };
  state.requests.push(record);
  if (state.requests.length > MAX_REMEMBERED) state.requests.shift();
  response.once("close", () => {
    record.isClosedEarly = !response.writableFinished;
  });
}

/** What the CDN in front of the service adds to every answer (header dump of 2026-10-04). */
function addCdnHeaders(response: http.ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  response.setHeader("set-cookie", `acw_tc=${randomUUID()};path=/;HttpOnly;Max-Age=1800`);
}

function findEndpoint({ request, url, state }: Exchange): Endpoint {
  const path = url.pathname;
  const interceptor = state.interceptors.get(path);
  if (interceptor) return interceptor;
  if (request.method === "OPTIONS") return preflight;
  const route = ROUTES.find((r) => r.method === request.method && r.path.test(path));
  return route?.endpoint ?? (({ response }) => sendNotFound(response));
}

async function handle(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  state: SimulatorState,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://simulator");
  const body = await readBody(request);
  const token = tokenOf(request, url.pathname);
  const account = accountOf(state, token);
  const exchange: Exchange = { request, response, url, body, token, account, state };
  if (url.pathname.startsWith("/__simulator/")) return control(exchange);
  remember(exchange);
  addCdnHeaders(response);
  await findEndpoint(exchange)(exchange);
}

/** Starts the simulator on loopback; port 0 takes a free one. */
export async function startSimulator({
  port = 0,
  ...options
}: Partial<SimulatorOptions> & { port?: number } = {}): Promise<Simulator> {
  const state = createState({ ...DEFAULT_OPTIONS, ...options });
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
