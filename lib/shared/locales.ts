export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "msp.locale";
export const THEME_COOKIE = "msp.theme";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The locale named by a cookie, a query or the database, or null. */
export function toLocale(value: string | null | undefined): Locale | null {
  return LOCALES.find((locale) => locale === value) ?? null;
}

/** The theme named by a cookie, or null for the system's. */
export function toTheme(value: string | null | undefined): Theme | null {
  return THEMES.find((theme) => theme === value) ?? null;
}

/**
 * The best of our locales for an `Accept-Language` header; Chinese where it names neither.
 * Quality values are honoured, regions are ignored.
 */
export function pickLocale(acceptLanguage: string | null | undefined): Locale {
  const ranked = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === "zh" || language === "en") && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.language === "en" ? "en" : "zh-CN";
}
