"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { sendApi } from "@/lib/client/api";
import { LOCALE_COOKIE, type Locale, THEME_COOKIE, type Theme } from "@/lib/shared/locales";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function writeCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser that we support has the Cookie Store API
  document.cookie = `${name}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}

/** Changes language or theme for this browser and, when signed in, for the user's account. */
export function usePreferences(isSignedIn: boolean) {
  const router = useRouter();
  const store = useCallback(
    async (change: { locale: Locale } | { theme: Theme | null }) => {
      if (isSignedIn)
        await sendApi("/api/me", { method: "PATCH", body: change }).catch(() => undefined);
      router.refresh();
    },
    [isSignedIn, router],
  );
  return {
    setLocale: (locale: Locale) => {
      writeCookie(LOCALE_COOKIE, locale);
      void store({ locale });
    },
    setTheme: (theme: Theme | null) => {
      writeCookie(THEME_COOKIE, theme);
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      void store({ theme });
    },
  };
}
