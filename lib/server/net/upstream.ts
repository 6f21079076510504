import "server-only";
import { type Duplex, pipeline, Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, type Dispatcher, fetch, Headers, Response } from "undici";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { originOf, type UpstreamHost } from "../origins";

export type UpstreamRequest = {
  host: UpstreamHost;
  site: Site;
  method: "GET" | "POST" | "PUT";
  /** Begins with a slash; of our own making, a caller's part encoded. */
  path: string;
  token: Secret | null;
  headers?: Record<string, string>;
  body?: object;
  /** Until the response headers; the caller guards the body. */
  headersTimeoutMs: number;
  /** A status beside 2xx whose body is an answer too. */
  acceptsStatus?: number;
  signal?: AbortSignal;
};

const store = globalThis as unknown as {
  __mspUpstreamAgent?: Dispatcher;
};

/** Ignores proxy variables on purpose; time-outs are ours, so undici's are off. */
function getAgent(): Dispatcher {
  store.__mspUpstreamAgent ??= new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 256,
  });
  return store.__mspUpstreamAgent;
}

function toHeaders({ body, headers, token }: UpstreamRequest): Record<string, string> {
  return {
    accept: "application/json, text/event-stream",
    // Packing costs a stream its speed; what comes packed all the same is unpacked under the caps.
    "accept-encoding": "identity",
    ...(body && { "content-type": "application/json" }),
    ...headers,
    ...(token && { authorization: `Bearer ${token.reveal()}` }),
  };
}

/** Sends with a deadline for the headers; an abort of the request's signal is passed on as it is. */
async function send<Answer>(
  { signal, headersTimeoutMs }: UpstreamRequest,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new AppError("timeout")), headersTimeoutMs);
  const forward = () => controller.abort(signal?.reason);
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  try {
    return await ask(controller.signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (controller.signal.aborted) throw controller.signal.reason;
    throw error instanceof AppError ? error : new AppError("upstream_down", { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

const isRedirect = (status: number) => status >= 300 && status < 400;

const toUrl = ({ host, site, path }: UpstreamRequest) => originOf(host, site) + path;

/**
 * The only way to ModelScope: fixed origin, no redirects, the token set here and nowhere else.
 * Throws `timeout` without headers in time, `redirected`, or `upstream_down` where the connection
 * fails; an abort of `signal` is passed on as it is, also while the body is read.
 */
export function fetchUpstream(request: UpstreamRequest): Promise<Response> {
  return send(request, async (signal) => {
    const response = await fetch(toUrl(request), {
      method: request.method,
      headers: toHeaders(request),
      ...(request.body && { body: JSON.stringify(request.body) }),
      redirect: "manual",
      signal,
      dispatcher: getAgent(),
    });
    if (!isRedirect(response.status)) return response;
    await response.body?.cancel();
    throw new AppError("redirected");
  });
}

export type UpstreamStream = { status: number; headers: Headers; body: Readable };

/** {@link fetchUpstream} for answers that are long streams: a web stream costs each read its weight. */
export function openUpstream(request: UpstreamRequest): Promise<UpstreamStream> {
  return send(request, async (signal) => {
    const { statusCode, headers, body } = await getAgent().request({
      origin: originOf(request.host, request.site),
      path: request.path,
      method: request.method,
      headers: toHeaders(request),
      ...(request.body && { body: JSON.stringify(request.body) }),
      signal,
    });
    // An abort may come before, or after, anybody reads; who reads is told by a listener of its own.
    body.on("error", () => undefined);
    if (!isRedirect(statusCode)) {
      const unpacked = unpack(body, String(headers["content-encoding"] ?? ""));
      return { status: statusCode, headers: toWebHeaders(headers), body: unpacked };
    }
    body.destroy();
    throw new AppError("redirected");
  });
}

const UNPACKERS: Record<string, () => Duplex> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What comes packed though we asked for it plain, as it is unpacked: piece by piece. */
function unpack(body: Readable, encoding: string): Readable {
  const unpacker = UNPACKERS[encoding.toLowerCase()]?.();
  return unpacker ? pipeline(body, unpacker, () => undefined) : body;
}

function toWebHeaders(headers: Record<string, string | string[] | undefined>): Headers {
  return new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** A stream that turned out to be a document, to be read as one. */
export function toResponse({ status, headers, body }: UpstreamStream): Response {
  return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

/**
 * The whole body as text. Throws `upstream_down` past `maxBytes` and `timeout` past `timeoutMs`.
 */
export async function readUpstreamText(
  response: Response,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<string> {
  if (!response.body) return "";
  const reader = response.body.getReader();
  const timer = setTimeout(() => void reader.cancel(new AppError("timeout")), timeoutMs);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const deadline = performance.now() + timeoutMs;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sizeBytes += value.byteLength;
      if (sizeBytes > maxBytes) throw new AppError("upstream_down");
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof AppError ? error : new AppError("upstream_down", { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (performance.now() >= deadline) throw new AppError("timeout");
  return Buffer.concat(chunks).toString("utf8");
}
