/** The calls of one session, and not one more. */
const MAX_CALLS = 6;
const MAX_BODY_BYTES = 2_000_000;
/** Headers that say something of the service and nothing of the caller. */
const KEPT_HEADERS =
  /^(?:content-type|cache-control|retry-after|server|transfer-encoding|strict-transport-security|access-control-allow-origin|modelscope-ratelimit-[\w-]+)$/;

async function readText(response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("the answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Makes the function that asks the service. It follows no redirect, since that would carry the token
 * elsewhere, and throws after the sixth call.
 */
export function createCaller(token) {
  let made = 0;
  return async function call({
    name,
    url,
    method = "GET",
    headers = {},
    body,
    timeoutMs = 30_000,
  }) {
    made += 1;
    if (made > MAX_CALLS) throw new Error("more calls than announced");
    const started = performance.now();
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new Error(`redirected (${response.status}), which is never followed`);
    }
    const text = await readText(response);
    const kept = [...response.headers].filter(([key]) => KEPT_HEADERS.test(key));
    return {
      name,
      method,
      path: new URL(url).pathname,
      status: response.status,
      headers: Object.fromEntries(kept),
      text,
      json: toJson(text),
      tookMs: Math.round(performance.now() - started),
    };
  };
}
