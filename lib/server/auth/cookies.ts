import "server-only";
import { getSettings } from "../env";

/** `__Host-` where the cookie is secure; over plain http on loopback browsers refuse that prefix. */
export function cookieNames() {
  const isSecure = getSettings().APP_URL.startsWith("https:");
  const prefix = isSecure ? "__Host-" : "";
  return {
    isSecure,
    session: `${prefix}msp.sid`,
    csrf: `${prefix}msp.csrf`,
    callback: `${prefix}msp.callback`,
  };
}

/** The value of a cookie of a request; null where it is absent, or there twice. */
export function readCookie(request: Request, name: string): string | null {
  const values = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}
