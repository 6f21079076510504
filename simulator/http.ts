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
  state: SimulatorState;
};

export type Endpoint = (exchange: Exchange) => void | Promise<void>;

/** The CDN-type headers of the real service; no rate or quota header (header dump of 2026-10-04). */
const COMMON_HEADERS = { "cache-control": "no-store" };

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...COMMON_HEADERS, "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** The path that nothing answers, as Go's default server says it. */
export function sendNotFound(response: ServerResponse): void {
  response.writeHead(404, { ...COMMON_HEADERS, "content-type": "text/plain" });
  response.end("404 page not found");
}

/** An error of the older style: key `error`, request id inside (capture of 2026-10-04). */
export function sendError(
  response: ServerResponse,
  status: number,
  message: string,
  code?: string,
): void {
  const error = { ...(code && { code }), message, request_id: randomUUID() };
  sendJson(response, status, { error });
}

/** An error of the newer gateway style: key `errors`, request id at the top. */
export function sendGatewayError(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { errors: { message }, request_id: randomUUID() });
}

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

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
