import "server-only";
import { LOCALE_COOKIE, type Locale, pickLocale, toLocale } from "@/lib/shared/locales";
import { readCookie } from "../auth/cookies";

/** The language of an answer: the user's choice, else the cookie, else what the browser asks for. */
export function localeOf(request: Request, chosen: string | null): Locale {
  return (
    toLocale(chosen) ??
    toLocale(readCookie(request, LOCALE_COOKIE)) ??
    pickLocale(request.headers.get("accept-language"))
  );
}
