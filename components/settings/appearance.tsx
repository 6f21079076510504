import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Theme } from "@/lib/shared/locales";
import { LanguageSwitch } from "../layout/language-switch";
import { ThemeSwitch } from "../layout/theme-switch";

/** Language and theme, for this browser and the account. */
export function Appearance({ theme }: { theme: Theme | null }) {
  const t = useTranslations("settings");
  return (
    <section aria-labelledby="appearance-title">
      <h2 id="appearance-title" className="mb-2 text-18">
        {t("appearance")}
      </h2>
      <Row title={t("language")} hint={t("languageHint")}>
        <LanguageSwitch isSignedIn />
      </Row>
      <Row title={t("theme")} hint={t("themeHint")}>
        <ThemeSwitch theme={theme} isSignedIn />
      </Row>
    </section>
  );
}

function Row({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-hair py-3 last:border-b-0">
      <span className="flex-1">
        <span className="block text-ink">{title}</span>
        <span className="block text-12 text-muted">{hint}</span>
      </span>
      {children}
    </div>
  );
}
