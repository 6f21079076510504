import { type NextRequest, NextResponse, userAgent } from "next/server";
import { toContentSecurityPolicy } from "@/lib/shared/content-security-policy";
import { toLocale } from "@/lib/shared/locales";
import { LOCALE_HEADER, PATH_HEADER, VISITOR_HEADER } from "@/lib/shared/request-headers";

const CSP = "content-security-policy";
const NONCE_BYTES = 16;
const isDevelopment = process.env.NODE_ENV === "development";

/** Somebody who looks at a page: nobody does at the answer to HEAD, a prefetch or a robot. */
function isVisitor(request: NextRequest): boolean {
  const { headers } = request;
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? "";
  return request.method === "GET" && !purpose.includes("prefetch") && !userAgent(request).isBot;
}

/**
 * Comfort and a second line, never the lock: a script policy with a nonce for each answer, and what
 * pages cannot read themselves handed to the renderer. What callers send under these names is dropped.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));
  const policy = toContentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  headers.set(CSP, policy);
  const { pathname, search, searchParams } = request.nextUrl;
  const locale = pathname.startsWith("/s/") ? toLocale(searchParams.get("lang")) : null;
  headers.set(PATH_HEADER, pathname + search);
  if (locale) headers.set(LOCALE_HEADER, locale);
  else headers.delete(LOCALE_HEADER);
  if (isVisitor(request)) headers.set(VISITOR_HEADER, "1");
  else headers.delete(VISITOR_HEADER);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(CSP, policy);
  return response;
}

/** Pages; not the API, which answers no HTML, and not static files. */
export const config = { matcher: ["/((?!api/|_next/|icon.svg).*)"] };
