import { getSimulator } from "./api";

export type Answer = { status: number; body: unknown; headers: Headers };

type SiteCall = {
  method?: string;
  token?: string;
  body?: unknown;
  form?: Record<string, string>;
  headers?: Record<string, string>;
};

/**
 * Asks the simulator over HTTP, whichever host the path is of. JSON is parsed, all else is text;
 * redirects are not followed.
 */
export async function askSite(path: string, call: SiteCall = {}): Promise<Answer> {
  const { method = "GET", token, body, form, headers } = call;
  const response = await fetch(getSimulator().url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form && { body: new URLSearchParams(form) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

/** The value under keys and positions, undefined where there is none. */
export function at(value: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (found, key) => (found as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}
