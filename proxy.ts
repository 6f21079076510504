import { type NextRequest, NextResponse } from "next/server";
import { LOCALE_HEADER, toLocale } from "@/lib/shared/locales";

/** Comfort only, never the lock: hands `?lang=` of the public pages to the renderer. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.delete(LOCALE_HEADER);
  const locale = toLocale(request.nextUrl.searchParams.get("lang"));
  if (locale) headers.set(LOCALE_HEADER, locale);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/s/:path*"] };
