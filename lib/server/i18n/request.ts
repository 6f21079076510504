import "server-only";
import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LEDGER_ZONE } from "@/lib/shared/calendar";
import { LOCALE_COOKIE, pickLocale, toLocale } from "@/lib/shared/locales";
import { LOCALE_HEADER } from "@/lib/shared/request-headers";
import { loadMessages } from "./messages";

/** Language of the page being rendered: `?lang=` of a public page, the cookie, the browser. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale =
    toLocale(head.get(LOCALE_HEADER)) ??
    toLocale(jar.get(LOCALE_COOKIE)?.value) ??
    pickLocale(head.get("accept-language"));
  return { locale, messages: loadMessages(locale), timeZone: LEDGER_ZONE };
});
