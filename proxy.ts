import { type NextRequest, NextResponse } from "next/server";
import { toContentSecurityPolicy } from "@/lib/shared/content-security-policy";
import { LOCALE_HEADER, toLocale } from "@/lib/shared/locales";

const CSP = "content-security-policy";
const NONCE_BYTES = 16;
const isDevelopment = process.env.NODE_ENV === "development";

/**
 * Comfort and a second line, never the lock: a script policy with a nonce for each answer, and the
 * `?lang=` of public pages handed to the renderer. What callers send under these names is dropped.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
  const policy = toContentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  headers.set(CSP, policy);
  headers.delete(LOCALE_HEADER);
  const isShare = request.nextUrl.pathname.startsWith("/s/");
  const locale = isShare ? toLocale(request.nextUrl.searchParams.get("lang")) : null;
  if (locale) headers.set(LOCALE_HEADER, locale);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(CSP, policy);
  return response;
}

/** Pages; not the API, which answers no HTML, and not static files. */
export const config = { matcher: ["/((?!api/|_next/|icon.svg).*)"] };
