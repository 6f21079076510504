import type { Messages } from "@/lib/server/i18n/messages";
import type { Locale } from "@/lib/shared/locales";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
