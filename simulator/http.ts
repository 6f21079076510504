import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { SimulatorState } from "./state.ts";

/** One request on its way through an endpoint. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  body: unknown;
  token: string | null;
  /** Whose quota and pictures these are: the token, or the person an application calls for. */
  account: string;
  state: SimulatorState;
};

export type Endpoint = (exchange: Exchange) => void | Promise<void>;

export type Route = { method: string; path: RegExp; endpoint: Endpoint };

/** The CDN-type headers of the real service (header dump of 2026-10-04). */
const COMMON_HEADERS = { "cache-control": "no-store" };

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...headers,
    "content-type": "application/json",
  });
  response.end(JSON.stringify(body));
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...COMMON_HEADERS, "content-type": "text/plain", ...headers });
  response.end(text);
}

export function sendRedirect(response: ServerResponse, status: number, location: string): void {
  sendText(response, status, "", { location });
}

/** The path that nothing answers, as Go's default server says it. */
export function sendNotFound(response: ServerResponse): void {
  sendText(response, 404, "404 page not found");
}

/** An error of the newer gateway style: key `errors`, request id at the top. */
export function sendGatewayError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { errors: { message }, request_id: randomUUID() });
}

/** This simulator's own address, as the caller wrote it. */
export const originOf = ({ request }: Exchange) => `http://${request.headers.host}`;

export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

/** A field of a body that may be anything. */
export function field(body: unknown, key: string): unknown {
  return typeof body === "object" && body !== null
    ? (body as Record<string, unknown>)[key]
    : undefined;
}

export function textField(body: unknown, key: string): string {
  const value = field(body, key);
  return typeof value === "string" ? value : "";
}

/** The items of a field that should be a list; none where it is something else. */
export function listField(body: unknown, key: string): unknown[] {
  const value = field(body, key);
  return Array.isArray(value) ? value : [];
}

/** A field that is a positive number; null where it is not. */
export function countField(body: unknown, key: string): number | null {
  const value = field(body, key);
  return typeof value === "number" && value > 0 ? value : null;
}

/** The row of a table under a name that a stranger chose. */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Waits; for no time at all it still lets others go first, so that an endless stream starves nobody. */
export const pause = (ms: number) =>
  new Promise<void>((resolve) => {
    if (ms > 0) setTimeout(resolve, ms);
    else setImmediate(resolve);
  });

/** Ends the connection without the goodbye of TCP. */
export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
