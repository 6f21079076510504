import "server-only";
import { Agent, fetch, type Response } from "undici";
import { AppError } from "@/lib/shared/errors";
import type { Secret } from "@/lib/shared/secret";
import { getSettings } from "../env";

export type Site = "cn" | "ai";

/** Which of ModelScope's two servers a call goes to. */
export type UpstreamHost = "api" | "site";

export type UpstreamRequest = {
  host: UpstreamHost;
  site: Site;
  method: "GET" | "POST";
  /** Begins with a slash; a fixed text of our own, never of a caller's. */
  path: string;
  token: Secret | null;
  headers?: Record<string, string>;
  body?: object;
  /** Until the response headers; the caller guards the body. */
  headersTimeoutMs: number;
  signal?: AbortSignal;
};

const store = globalThis as unknown as { __mspUpstreamAgent?: Agent };

/** Ignores proxy variables on purpose; time-outs are ours, so undici's are off. */
function getAgent(): Agent {
  store.__mspUpstreamAgent ??= new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: 256 });
  return store.__mspUpstreamAgent;
}

/** The origin from the deployment's settings; the international site only beside the real one. */
function originOf(host: UpstreamHost, site: Site): string {
  const { MODELSCOPE_API_URL, MODELSCOPE_SITE_URL } = getSettings();
  const origin = host === "api" ? MODELSCOPE_API_URL : MODELSCOPE_SITE_URL;
  return site === "ai"
    ? origin.replace(/\.modelscope\.cn$|modelscope\.cn$/, (end) => end.replace(".cn", ".ai"))
    : origin;
}

/**
 * The only way to ModelScope: fixed origin, no redirects, the token set here and nowhere else.
 * Throws `timeout` without headers in time, `redirected`, or `upstream_down` where the connection
 * fails; an abort of `signal` is passed on as it is.
 */
export async function fetchUpstream(request: UpstreamRequest): Promise<Response> {
  const timeout = AbortSignal.timeout(request.headersTimeoutMs);
  const controller = new AbortController();
  const forward = (event: Event) => controller.abort((event.target as AbortSignal).reason);
  timeout.addEventListener("abort", forward, { once: true });
  request.signal?.addEventListener("abort", forward, { once: true });
  if (request.signal?.aborted) controller.abort(request.signal.reason);
  try {
    const response = await fetch(originOf(request.host, request.site) + request.path, {
      method: request.method,
      headers: {
        accept: "application/json, text/event-stream",
        ...(request.body && { "content-type": "application/json" }),
        ...request.headers,
        ...(request.token && { authorization: `Bearer ${request.token.reveal()}` }),
      },
      ...(request.body && { body: JSON.stringify(request.body) }),
      redirect: "manual",
      signal: controller.signal,
      dispatcher: getAgent(),
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new AppError("redirected");
    }
    return response;
  } catch (error) {
    if (error instanceof AppError || request.signal?.aborted) throw error;
    throw new AppError(timeout.aborted ? "timeout" : "upstream_down", { cause: error });
  } finally {
    timeout.removeEventListener("abort", forward);
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
