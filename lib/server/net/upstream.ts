import "server-only";
import { Agent, fetch, type Response } from "undici";
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

const store = globalThis as unknown as { __mspUpstreamAgent?: Agent };

/** Ignores proxy variables on purpose; time-outs are ours, so undici's are off. */
function getAgent(): Agent {
  store.__mspUpstreamAgent ??= new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: 256 });
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

/**
 * The only way to ModelScope: fixed origin, no redirects, the token set here and nowhere else.
 * Throws `timeout` without headers in time, `redirected`, or `upstream_down` where the connection
 * fails; an abort of `signal` is passed on as it is, also while the body is read.
 */
export async function fetchUpstream(request: UpstreamRequest): Promise<Response> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new AppError("timeout")),
    request.headersTimeoutMs,
  );
  const { signal } = request;
  const forward = () => controller.abort(signal?.reason);
  if (signal?.aborted) forward();
  signal?.addEventListener("abort", forward, { once: true });
  try {
    const response = await fetch(originOf(request.host, request.site) + request.path, {
      method: request.method,
      headers: toHeaders(request),
      ...(request.body && { body: JSON.stringify(request.body) }),
      redirect: "manual",
      signal: controller.signal,
      dispatcher: getAgent(),
    });
    if (response.status < 300 || response.status >= 400) return response;
    await response.body?.cancel();
    throw new AppError("redirected");
  } catch (error) {
    if (error instanceof AppError || signal?.aborted) throw error;
    throw new AppError("upstream_down", { cause: error });
  } finally {
    clearTimeout(timer);
  }
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
